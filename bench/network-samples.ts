/** Networks that the bench searches, each from a fixed seed. */
import { type Network, networkOf } from '../src/analysis/network/network.ts'
import { project } from '../src/analysis/network/projection.ts'
import { randomFrom } from '../src/synthetic/random.ts'

export interface Sample {
  name: string
  network: Network
}

const named = (name: string, network: Network): Sample => ({
  name: `${name}, ${count(network.nodes)} people, ${count(network.from.length)} links`,
  network,
})

const count = (n: number): string => n.toLocaleString('en-GB')

/** As many different links as asked for, each drawn by `draw`. */
function distinctLinks(nodes: number, links: number, draw: () => readonly [number, number]): Network {
  const keys = new Set<number>()
  while (keys.size < links) {
    const [a, b] = draw()
    if (a !== b) keys.add(Math.min(a, b) * nodes + Math.max(a, b))
  }
  const list = [...keys]
  return networkOf(
    nodes,
    list.map(key => Math.floor(key / nodes)),
    list.map(key => key % nodes),
  )
}

/** Any pair as likely as any other (Erdős and Rényi). */
export function uniform(nodes: number, links: number): Sample {
  const { below } = randomFrom(nodes, 'bench of uniform networks')
  const network = distinctLinks(nodes, links, () => [below(nodes), below(nodes)])
  return named('Erdős–Rényi', network)
}

/** Each newcomer linked to `each` of those before, likelier to those with many links (Barabási and Albert). */
export function preferential(nodes: number, each: number): Sample {
  const { below } = randomFrom(nodes, 'bench of preferential networks')
  const [a, b, ends]: [number[], number[], number[]] = [[], [], [0]]
  for (let v = 1; v < nodes; v++) {
    const chosen = new Set<number>()
    while (chosen.size < Math.min(each, v)) chosen.add(ends[below(ends.length)]!)
    for (const w of chosen) {
      a.push(v)
      b.push(w)
      ends.push(v, w)
    }
  }
  return named('Barabási–Albert', networkOf(nodes, a, b))
}

/** Circles of a hundred, three links in ten drawn without regard to them. */
export function circles(nodes: number, links: number): Sample {
  const { below, chance } = randomFrom(nodes, 'bench of circles')
  const SIZE = 100
  // Scattered, so that numbers give nothing away about circles. The factor has no divisor in common with `nodes`.
  const scatter = (v: number) => (v * 7919) % nodes
  const network = distinctLinks(nodes, links, () => {
    const v = below(nodes)
    const w = chance(0.3) ? below(nodes) : v - (v % SIZE) + below(SIZE)
    return [scatter(v), scatter(w)]
  })
  return named('circles of 100', network)
}

/** Two and more people an event, every second of them seen before, likelier those seen often. */
export function coOffending(events: number): Sample {
  const { below, chance } = randomFrom(events, 'bench of co-offending')
  const [event, person]: [number[], number[]] = [[], []]
  let people = 0
  for (let e = 0; e < events; e++) {
    let size = 2
    while (size < 12 && chance(0.45)) size++
    const here = new Set<number>()
    while (here.size < size) {
      here.add(person.length > 0 && chance(0.5) ? person[below(person.length)]! : people++)
    }
    for (const who of here) {
      event.push(e)
      person.push(who)
    }
  }
  const { a, b } = project(events, people, event, person)
  return named(`co-offending at ${count(events)} events`, networkOf(people, a, b))
}
