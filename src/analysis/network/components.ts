/** Which nodes hang together. */
import type { Network } from './network.ts'

/** Component of each node, numbered in the order of their first nodes, and how many nodes each has. */
export function components({ nodes, offsets, ends }: Network): { of: Int32Array; sizes: number[] } {
  const of = new Int32Array(nodes).fill(-1)
  const stack = new Int32Array(nodes)
  const sizes: number[] = []
  for (let start = 0; start < nodes; start++) {
    if (of[start] !== -1) continue
    const component = sizes.length
    let size = 0
    let top = 0
    stack[top++] = start
    of[start] = component
    while (top > 0) {
      const v = stack[--top]!
      size++
      for (let i = offsets[v]!; i < offsets[v + 1]!; i++) {
        const w = ends[i]!
        if (of[w] !== -1) continue
        of[w] = component
        stack[top++] = w
      }
    }
    sizes.push(size)
  }
  return { of, sizes }
}
