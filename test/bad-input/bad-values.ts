/** What somebody may type, paste or forge, with what of it may be kept. */

/** Stands in every value, so that it is found again wherever it went. */
export const MARK = 'Qz7x'

export interface BadValue {
  name: string
  /** Texts as they are sent; half a character can only be sent as bytes. */
  sent: string
  /** What may be kept and shown again; a space stands for any run of them. */
  kept: string
}

const asSent = (name: string, sent: string): BadValue => ({
  name,
  sent,
  kept: sent.replaceAll(/\s+/g, ' ').trim(),
})

/** Typed into boxes. */
export const badTexts: readonly BadValue[] = [
  asSent('nothing', ''),
  asSent('spaces', '   '),
  asSent('10,000 characters', MARK.repeat(2500)),
  asSent('right to left', `مرحبا ${MARK} שלום`),
  { name: 'a mark that turns the direction', sent: `${MARK}\u202Egnp.exe`, kept: `${MARK}gnp.exe` },
  asSent('emoji', `👩‍👩‍👧‍👦 ${MARK} 🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽`),
  { name: 'NUL', sent: `${MARK}\0x`, kept: `${MARK}\uFFFDx` },
  { name: 'signs of a terminal', sent: `\u0007\u001B[31m${MARK}`, kept: `[31m${MARK}` },
  { name: 'letters put together', sent: `Zoe\u0308 ${MARK}`, kept: `Zo\u00EB ${MARK}` },
  asSent('markup', `<script>alert("${MARK}")</script><img src=x onerror=alert(1)>`),
  asSent('an end of an attribute', `"><svg onload=alert(1)>'${MARK}`),
  asSent('SQL', `${MARK}'; drop table users; --`),
  asSent('templates', `{{7919*7907}}\${7919*7907}<%= 7919*7907 %>{% include "/etc/passwd" %}${MARK}`),
  asSent('lines for a header', `${MARK}\r\nSet-Cookie: injected=1\r\nX-Injected: 1\r\n\r\n<p>`),
  asSent('a path', `../../../../etc/passwd ${MARK}`),
  asSent('a formula', `=cmd|' /C calc'!A0 ${MARK}`),
  asSent('another site', `//evil.example/${MARK}`),
  asSent('an address of another site', `https://evil.example/${MARK}`),
  asSent('a script as an address', `javascript:alert("${MARK}")`),
  asSent('a pattern', `%_%${MARK}\\`),
  asSent('a name of the language', 'constructor'),
  asSent('another name of the language', '__proto__'),
  asSent('a number below zero', '-1'),
  asSent('a very large number', '99999999999999999999'),
  asSent('a number in another notation', '1e999'),
  asSent('digits of another alphabet', '١٤'),
]

/** Parts of dates, besides: days that do not exist. */
export const badDates: readonly (readonly [day: string, month: string, year: string])[] = [
  ['31', '2', '2026'],
  ['29', '2', '2025'],
  ['0', '1', '2026'],
  ['1', '13', '2026'],
  ['1', '1', '0000'],
  ['1', '1', '0001'],
  ['31', '12', '9999'],
  ['1', '1', '12026'],
  ['1.5', '1', '2026'],
  ['1', '', '2026'],
  ['١', '١', '٢٠٢٦'],
]

/** In place of what is chosen or carried. */
export const forged: readonly string[] = [
  'constructor',
  '__proto__',
  'no-such',
  `${MARK}\0`,
  MARK.repeat(2500),
  '00000000-0000-4000-8000-000000000000',
  'urn:uuid:00000000-0000-4000-8000-000000000000',
  '-1',
  '1e400',
  '//evil.example/x',
  'https://evil.example/x',
  '/\\evil.example/x',
  'javascript:alert(1)',
]

/** Fields that no form has, as somebody would send who hopes that they are taken over. */
export const SOMEBODY = 'f0f0f0f0-0000-4000-8000-0000000000ff'
export const FAR_DAY = '2199-01-01'
export const hopedFor: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'id',
      'user',
      'user_id',
      'author',
      'owner',
      'owner_id',
      'person_id',
      'created_by',
      'made_by',
      'agency_id',
    ].map(name => [name, SOMEBODY]),
  ),
  ...Object.fromEntries(
    ['created_at', 'createdAt', 'delete_on', 'deleteOn', 'review_on', 'reviewOn', 'changed_at'].map(name => [
      name,
      FAR_DAY,
    ]),
  ),
  ...Object.fromEntries(['from_agency', 'state', 'status', 'synthetic'].map(n => [n, MARK])),
}
