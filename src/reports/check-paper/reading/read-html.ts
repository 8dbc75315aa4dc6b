/** A page as blocks. Scripts, styles and what is hidden are left out. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import type { RawBlock } from '../paper.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const LEFT_OUT = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'head',
  'nav',
  'iframe',
  'object',
])
const BLOCKS = new Set(
  'p div section article main header footer aside li dd dt blockquote figcaption caption pre td th tr ul ol dl body form fieldset address'.split(
    ' ',
  ),
)

const isElement = (node: Node): node is Element => 'tagName' in node

export function readHtml(text: string): RawBlock[] {
  const blocks: RawBlock[] = []
  let words = ''
  const end = () => {
    if (words.trim() !== '') blocks.push({ kind: 'text', text: words })
    words = ''
  }
  // A stack of its own: a page may be nested more deeply than calls can be.
  const waiting: (Node | 'end')[] = [...parse(text).childNodes].reverse()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node === 'end') end()
    else if ('value' in node) words += node.value
    else if (isElement(node) && !LEFT_OUT.has(node.tagName) && !node.attrs.some(a => a.name === 'hidden')) {
      if (node.tagName === 'br') words += ' '
      else if (node.tagName === 'table') {
        end()
        blocks.push({ kind: 'table', rows: rowsOf(node) })
      } else if (/^h[1-6]$/.test(node.tagName)) {
        end()
        blocks.push({ kind: 'heading', text: textOf(node) })
      } else {
        const isBlock = BLOCKS.has(node.tagName)
        if (isBlock) {
          end()
          waiting.push('end')
        }
        waiting.push(...node.childNodes.toReversed())
      }
    }
  }
  end()
  return blocks
}

/** A cell over several columns stands once, with empty cells beside it. */
function rowsOf(table: Element): string[][] {
  const rows: string[][] = []
  for (const row of elementsOf(table, 'tr')) {
    const cells: string[] = []
    for (const cell of row.childNodes) {
      if (!isElement(cell) || !/^t[dh]$/.test(cell.tagName)) continue
      const span = Number(cell.attrs.find(a => a.name === 'colspan')?.value ?? 1)
      cells.push(textOf(cell), ...Array.from({ length: Math.min(Math.max(span || 1, 1), 100) - 1 }, () => ''))
    }
    if (cells.length > 0) rows.push(cells)
  }
  return rows
}

function elementsOf(root: Element, tagName: string): Element[] {
  const found: Element[] = []
  const waiting: Node[] = root.childNodes.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === tagName) found.push(node)
    else if (node.tagName !== 'table') waiting.push(...node.childNodes.toReversed())
  }
  return found
}

function textOf(root: Element): string {
  let text = ''
  const waiting: Node[] = root.childNodes.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('value' in node) text += node.value
    else if (isElement(node) && !LEFT_OUT.has(node.tagName)) waiting.push(...node.childNodes.toReversed())
  }
  return text.replaceAll(/\s+/g, ' ').trim()
}
