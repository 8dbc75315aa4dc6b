/**
 * A document as PDF, set by Typst: tagged, so that headings, lists and tables can be read aloud. Typst runs as WebAssembly,
 * the same on every machine, and reaches neither network nor files: what it is given is all there is. What a document says
 * is handed over as data, so that nothing typed can be taken for markup.
 */
import { readFile } from 'node:fs/promises'
import { initSync, type TypstCompiler, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler'
import { londonDay } from '../../platform/calendar.ts'
import {
  type DocumentBlock,
  type DocumentText,
  type PrintedDocument,
  plainOf,
  printable,
  runsOf,
  textsOf,
} from './document.ts'

const TEMPLATE = new URL('./document.typ', import.meta.url)
const ENGINE = '@myriaddreamin/typst-ts-web-compiler/wasm'
/** Of a typeface whose letters are Latin, Greek and Cyrillic. */
const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf',
]
const UNDRAWN = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u
const NOTHING_TO_SAY = 2

let engine: Promise<TypstCompiler> | undefined

/** Bytes of the file. */
export async function writePdf(document: PrintedDocument): Promise<Uint8Array> {
  engine ??= startEngine()
  const typst = await engine
  typst.map_shadow('/document.json', new TextEncoder().encode(JSON.stringify(asData(document))))
  try {
    const { result, diagnostics } = typst.compile('/main.typ', null, 'pdf', NOTHING_TO_SAY) as {
      result?: Uint8Array
      diagnostics?: unknown
    }
    if (!result) throw new Error(`The document cannot be set: ${JSON.stringify(diagnostics)}`)
    return result
  } finally {
    // It names people: the engine outlives the document.
    typst.unmap_shadow('/document.json')
    typst.reset()
  }
}

async function startEngine(): Promise<TypstCompiler> {
  initSync({ module: await WebAssembly.compile(await readPackaged(ENGINE)) })
  const builder = new TypstCompilerBuilder()
  builder.set_dummy_access_model()
  for (const font of FONTS) await builder.add_raw_font(await readPackaged(font))
  const typst = await builder.build()
  typst.add_source('/main.typ', await readFile(TEMPLATE, 'utf8'))
  return typst
}

const readPackaged = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(new URL(import.meta.resolve(path))))

function asData(document: PrintedDocument) {
  const { title, caption, marking, headNote, footNote, watermark, author, madeAt, blocks } = document
  const undrawn = [...textsOf(document)].some(text => UNDRAWN.test(text))
  return {
    title: printable(title),
    caption: caption ? printable(caption) : null,
    marking: printable(marking),
    headNote: printable(headNote),
    footNote: printable(footNote),
    watermark: (watermark ?? []).map(printable),
    author: printable(author),
    made: londonDay(madeAt).split('-').map(Number),
    blocks: [...(undrawn ? [UNDRAWN_NOTE] : []), ...blocks].map(blockData),
  }
}

const UNDRAWN_NOTE: DocumentBlock = {
  kind: 'paragraph',
  text: 'Some words are in a script that this PDF cannot draw, and stand as empty boxes. The Word copy has them.',
}

function blockData(block: DocumentBlock) {
  switch (block.kind) {
    case 'heading':
      return { ...block, text: plainOf(block.text) }
    case 'paragraph':
      return { kind: block.kind, runs: runsData(block.text), quiet: block.quiet ?? false }
    case 'list':
      return { kind: block.kind, items: block.items.map(runsData), numbered: block.numbered ?? false }
    case 'page-break':
      return block
    case 'table':
      return {
        kind: block.kind,
        caption: printable(block.caption),
        columns: block.columns.map(({ title, numeric = false, share = 1 }) => ({
          title: printable(title),
          numeric,
          share,
        })),
        rows: block.rows.map(row => ({
          cells: row.map(runsData),
          whole: row.every(text => plainOf(text).length < WHOLE_TO),
        })),
      }
  }
}

/** Letters to which a row of a table stands on one page: a longer one would leave half of a page empty. */
const WHOLE_TO = 800

const runsData = (text: DocumentText) =>
  runsOf(text).map(run => ({ text: run.text, strong: run.strong ?? false }))
