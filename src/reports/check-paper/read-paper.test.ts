import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { InputFault } from '../../platform/errors.ts'
import type { PrintedDocument } from '../documents/document.ts'
import { openDocumentPrinter } from '../documents/print-document.ts'
import { checkOnThread } from './check-on-thread.ts'
import { checkPaper } from './check-paper.ts'
import { readPaper } from './read-paper.ts'

const printer = openDocumentPrinter()
after(() => printer.close())

const document: PrintedDocument = {
  title: 'Reducing violence',
  marking: 'OFFICIAL',
  headNote: 'Board',
  footNote: 'B-1',
  author: 'Concord',
  madeAt: new Date('2026-11-20T09:00:00Z'),
  blocks: [
    { kind: 'heading', level: 1, text: 'Performance' },
    {
      kind: 'paragraph',
      text: 'There was a 16% reduction in admissions to hospital (80 vs 90 cases) in the area.',
    },
    {
      kind: 'table',
      caption: 'Offences',
      columns: [
        { title: 'Area' },
        { title: 'Offences', numeric: true },
        { title: 'Under 25', numeric: true },
      ],
      rows: [
        ['North', '210', '50'],
        ['East', '100', '40'],
        ['Total', '320', '90'],
      ],
    },
  ],
}

const wrong = async (bytes: Buffer, name: string) =>
  checkPaper(await readPaper(bytes, name))
    .filter(f => f.verdict === 'disagrees')
    .map(f => `${f.kind}: ${f.computation}`)

/** (80 − 90) ÷ 90 = −11.1%; 210 + 100 = 310. */
const expected = ['change: (80 − 90) ÷ 90 = -11.1%', 'total: 2 rows add up to 310, 10 less']

const sentences = 'There was a 16% reduction in admissions to hospital (80 vs 90 cases) in the area.'

describe('one paper in every kind of file', () => {
  test('Word, with its headings and table', async () => {
    const bytes = Buffer.from(await printer.print(document, 'docx'))
    assert.deepEqual(await wrong(bytes, 'paper.docx'), expected)
    const [finding] = checkPaper(await readPaper(bytes, 'paper.docx'))
    assert.equal(finding?.place.heading, 'Performance')
  })
  test('PDF, with its pages', async () => {
    const bytes = Buffer.from(await printer.print(document, 'pdf'))
    assert.deepEqual(await wrong(bytes, 'paper.pdf'), expected)
    const paper = await readPaper(bytes, 'called anything')
    assert.equal(paper.pages, 1)
    assert.equal(checkPaper(paper)[0]?.place.page, 1)
  })
  test('Markdown, text with tabs, and a web page without what is hidden', async () => {
    const rows = [
      ['Area', 'Offences', 'Under 25'],
      ['North', '210', '50'],
      ['East', '100', '40'],
      ['Total', '320', '90'],
    ]
    const bars = rows.map(r => `| ${r.join(' | ')} |`).join('\n')
    assert.deepEqual(await wrong(Buffer.from(`# Performance\n\n${sentences}\n\n${bars}\n`), 'a.md'), expected)
    const tabs = rows.map(r => r.join('\t')).join('\r\n')
    assert.deepEqual(await wrong(Buffer.from(`${sentences}\r\n\r\n${tabs}\r\n`), 'a.txt'), expected)
    const cells = rows.map(r => `<tr>${r.map(c => `<td>${c}</td>`).join('')}</tr>`).join('')
    const page = `<!doctype html><title>x</title><script>var a = "rose by 1% (80 vs 90)"</script><p>${sentences}<table>${cells}</table><p hidden>${sentences}`
    assert.deepEqual(await wrong(Buffer.from(page), 'a.html'), expected)
  })
  test('text in UTF-16 and in Windows-1252', async () => {
    const text = `A “fall” – of 16% (80 vs 90) – was seen: £40.`
    assert.equal((await wrong(Buffer.from(`\ufeff${text}`, 'utf16le'), 'a.txt')).length, 1)
    const western = Buffer.from(text.replaceAll(/[“”]/g, '"').replaceAll('–', '\x96'), 'latin1')
    assert.equal((await wrong(western, 'a.txt')).length, 1)
  })
})

test('a finding says where it stands: the paper’s own paragraph, under its heading', async () => {
  const text = `# Crime\n\n11. Nothing.\n\n12. It rose. There was an 11% reduction (80 vs 90).`
  const [finding] = checkPaper(await readPaper(Buffer.from(text), 'a.md'))
  assert.deepEqual(finding?.place, { page: null, paragraph: '12', heading: 'Crime', block: 3 })
})

/** An archive of one part, as Word files are. */
function archive(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content)
  const crc = Buffer.alloc(4)
  const sizes = Buffer.alloc(8)
  sizes.writeUInt32LE(packed.length, 0)
  sizes.writeUInt32LE(content.length, 4)
  const lengths = Buffer.from([name.length, 0, 0, 0])
  const shared = [Buffer.from([0x14, 0, 0, 0, 8, 0, 0, 0, 0, 0]), crc, sizes, lengths]
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), ...shared, Buffer.from(name), packed])
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0', 'latin1'),
    ...shared,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

/** A PDF of one page; `trailer` adds to what its end says. */
const pdfOf = (stream: string, trailer = '') =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>endobj\n4 0 obj<</Length ${stream.length}>>stream\n${stream}\nendstream endobj\ntrailer<</Root 1 0 R${trailer}>>\n%%EOF`,
    'latin1',
  )

const locked = `/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'ab'.repeat(32)}>/U<${'cd'.repeat(32)}>>>`

test('what cannot be read is told in a sentence that says what to do', async () => {
  const cases: [string, Buffer, string, RegExp][] = [
    ['nothing', Buffer.alloc(0), 'file-empty', /is empty/],
    ['spaces', Buffer.from(' \n\n\t '), 'file-empty', /holds no text/],
    [
      'a picture',
      Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
      'file-unreadable',
      /Send \.docx, \.pdf/,
    ],
    [
      'an old Word file',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      'file-unreadable',
      /old Word file.*Save it as \.docx/,
    ],
    ['rich text', Buffer.from('{\\rtf1 hello}'), 'file-unreadable', /\.rtf.*Save it as \.docx/],
    ['a broken archive', Buffer.from('PK\x03\x04 and no more', 'latin1'), 'file-damaged', /save it again/],
    [
      'a cut-off archive',
      archive('word/document.xml', Buffer.from('<a/>')).subarray(0, 40),
      'file-damaged',
      /save it again/,
    ],
    ['another archive', archive('march.csv', Buffer.from('a,b')), 'file-unreadable', /no Word file/],
    ['broken XML', archive('word/document.xml', Buffer.from('<w:p><w:r>')), 'file-damaged', /save it again/],
    [
      'a bomb',
      archive('word/document.xml', Buffer.alloc(61_000_000, ' ')),
      'file-too-large',
      /unpacks to more than/,
    ],
    ['a broken PDF', Buffer.from('%PDF-1.7 and no more'), 'file-damaged', /as PDF again/],
    ['a scan', pdfOf('0 0 100 100 re f'), 'file-unreadable', /no text.*recognised/],
    ['a locked PDF', pdfOf('0 0 100 100 re f', locked), 'file-unreadable', /password/],
    ['far too much', Buffer.alloc(50_000_001, 'a'), 'file-too-large', /larger than 50 MB/],
  ]
  for (const [what, bytes, code, sentence] of cases) {
    await assert.rejects(readPaper(bytes, 'paper'), (error: unknown) => {
      assert.ok(error instanceof InputFault, `${what}: ${error}`)
      assert.equal(error.code, code, what)
      assert.match(error.message, sentence, what)
      return true
    })
  }
})

test('tables within tables and pages nested without end are read', async () => {
  const deep = `<!doctype html>${'<div>'.repeat(50_000)}${sentences}`
  assert.equal((await wrong(Buffer.from(deep), 'a.html')).length, 1)
})

test('a paper that takes too long is given up, and the next one is read', async () => {
  await assert.rejects(
    checkOnThread({ bytes: Buffer.from(sentences), name: 'a.txt' }, 1),
    /took too much time/,
  )
  const { findings } = await checkOnThread({ bytes: Buffer.from(sentences), name: 'a.txt' })
  assert.equal(findings.length, 1)
})
