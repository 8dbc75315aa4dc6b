import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { JSDOM } from 'jsdom'
import { fromBuffer, type ZipFile } from 'yauzl'
import type { PrintedDocument } from './document.ts'
import { openDocumentPrinter } from './print-document.ts'

const printer = openDocumentPrinter()
after(() => printer.close())

const document: PrintedDocument = {
  title: 'Minutes: <threat> & risk',
  marking: 'OFFICIAL – SENSITIVE',
  headNote: 'For Jo Example, St Giles Trust',
  footNote: 'MC-2026-0001 · destroy by 4 December 2026',
  watermark: ['Jo Example, St Giles Trust', '20 November 2026'],
  author: 'Concord',
  madeAt: new Date('2026-11-20T09:00:00Z'),
  blocks: [
    { kind: 'heading', level: 1, text: 'Decisions' },
    { kind: 'paragraph', text: '#pagebreak() $ \\ @x *not strong* \u0007and a half of a letter: \ud800' },
    { kind: 'list', numbered: true, items: ['One', [{ text: 'Two', strong: true }]] },
    {
      kind: 'table',
      caption: 'Attendance',
      columns: [{ title: 'Agency' }, { title: 'Times', numeric: true }],
      rows: Array.from({ length: 90 }, (_, n) => [`Agency ${n}`, String(n)]),
    },
  ],
}

async function partsOf(file: Uint8Array): Promise<Map<string, string>> {
  const zip = (await promisify(fromBuffer as never)(Buffer.from(file), {
    lazyEntries: true,
  })) as unknown as ZipFile
  const parts = new Map<string, string>()
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', entry => {
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        for await (const chunk of stream!) chunks.push(chunk as Buffer)
        parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
        zip.readEntry()
      })
    })
    zip.readEntry()
  })
  return parts
}

const xml = (text: string) => new JSDOM(text, { contentType: 'text/xml' }).window.document
const named = (of: ReturnType<typeof xml>, name: string) => [...of.getElementsByTagName(name)]

test('Word gets real headings and lists, a table whose head stands on every page, and the recipient on each', async () => {
  const parts = await partsOf(await printer.print(document, 'docx'))
  for (const [name, text] of parts) if (name.endsWith('.xml')) assert.ok(xml(text).documentElement, name)
  const body = xml(parts.get('word/document.xml')!)
  assert.deepEqual(
    named(body, 'w:pStyle').map(style => style.getAttribute('w:val')),
    ['Title', 'Heading1', 'ListParagraph', 'ListParagraph'],
  )
  assert.equal(named(body, 'w:tblHeader').length, 1)
  assert.equal(named(body, 'w:tr').length, 91)
  const texts = named(body, 'w:t').map(node => node.textContent)
  assert.ok(texts.includes('Minutes: <threat> & risk'))
  assert.ok(texts.includes('#pagebreak() $ \\ @x *not strong* and a half of a letter: '))
  const head = parts.get('word/header1.xml')!
  assert.match(head, /OFFICIAL – SENSITIVE/)
  assert.match(head, /v:textpath[^>]*string="Jo Example, St Giles Trust · 20 November 2026"/)
  const foot = parts.get('word/footer1.xml')!
  assert.match(foot, /destroy by 4 December 2026/)
  assert.match(foot, /PAGE<\/w:instrText>.*NUMPAGES<\/w:instrText>/s)
})

test('PDF is tagged, has the language and the title, and takes nothing that was typed for markup', async () => {
  const pages = async (more: Partial<PrintedDocument> = {}) => {
    const text = Buffer.from(await printer.print({ ...document, ...more }, 'pdf')).toString('latin1')
    return { text, pages: text.match(/\/Type \/Page\b/g)!.length }
  }
  const whole = await pages()
  for (const sign of ['/StructTreeRoot', '/MarkInfo', '/Lang (en-GB)', 'Minutes: &lt;threat&gt; &amp; risk'])
    assert.ok(whole.text.includes(sign), sign)
  // The head of the table is a head, and each of its rows has a cell for the number.
  assert.ok(whole.text.includes('/S /TH') && whole.text.includes('/S /THead'))
  assert.ok(whole.pages > 1)
  const { blocks } = document
  assert.equal((await pages({ blocks: blocks.slice(0, 2) })).pages, 1, '#pagebreak() was obeyed')
  assert.equal((await pages({ blocks: [blocks[0]!, { kind: 'page-break' }, blocks[1]!] })).pages, 2)
})

test('a document that was printed leaves nothing for the next', async () => {
  const small = (text: string) => ({ ...document, blocks: [{ kind: 'paragraph' as const, text }] })
  const alone = await printer.print(small('Nothing'), 'pdf')
  await printer.print(document, 'pdf')
  assert.equal((await printer.print(small('Nothing'), 'pdf')).length, alone.length)
})
