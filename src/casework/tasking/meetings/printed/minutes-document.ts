/**
 * Minutes, or an agenda, as a document for one recipient: what they may hear, without names unless the copy was given with
 * them, and on every page for whom it is and until when. Pure.
 */
import type { Member } from '../../../../governance/access/as-member.ts'
import { purposes } from '../../../../governance/purposes.ts'
import type { TextPart } from '../../../../governance/rights/names-in-text.ts'
import { calendarWords, type Day, londonDay } from '../../../../platform/calendar.ts'
import { clockWords } from '../../../../platform/london-time.ts'
import type {
  DocumentBlock,
  DocumentText,
  PrintedDocument,
  TextRun,
} from '../../../../reports/documents/document.ts'
import { stateWords as actionStateWords } from '../../actions/action.ts'
import { type CopyOf, copyWords } from '../copies/copy.ts'
import { quorate } from '../meeting.ts'
import type { Meeting } from '../meeting-store.ts'
import { attendanceByAgency, heldWords, minutesOf } from '../minutes.ts'
import type { Room } from '../room-store.ts'
import { inSections, type ShownEntry, type ShownItem, shownItems } from '../shown-room.ts'

export interface MinutesCopy {
  reference: string
  what: CopyOf
  recipientName: string
  agencyName: string
  /** Null where names are hidden. */
  namesBecause: string | null
  endsOn: Day
}

interface Said {
  meeting: Meeting
  agencyNames: Readonly<Record<string, string>>
  items: readonly ShownItem[]
  general: readonly ShownEntry[]
}

interface Making {
  /** The recipient: what they were not let read is not in the room that they opened. */
  member: Member
  /** When the copy is made. */
  now: Date
  marking: string
  area: string
}

export function minutesDocument(
  copy: MinutesCopy,
  { meeting, room }: { meeting: Meeting; room: Room },
  { member, now, marking, area }: Making,
): PrintedDocument {
  const { items, general } = shownItems(room, { member, hidden: copy.namesBecause === null })
  const said: Said = {
    meeting,
    agencyNames: room.agencyNames,
    items: items.map(item => ({ ...item, title: item.titleParts.map(part => part.text).join('') })),
    general: general ?? [],
  }
  const day = calendarWords(londonDay(now))
  const ends = calendarWords(copy.endsOn)
  const forWhom = `${copy.recipientName}, ${copy.agencyName}`
  return {
    title: `${copyWords[copy.what]}: ${meeting.typeName}`,
    caption: meeting.reference,
    marking,
    headNote: `For ${forWhom}`,
    footNote: `${copy.reference} · made on ${day} · destroy by ${ends}`,
    watermark: [copy.recipientName, `${day} · ${copy.reference}`],
    author: `Concord, ${area}`,
    madeAt: now,
    blocks: [
      {
        kind: 'paragraph',
        text: `This copy is for ${forWhom}, and for nobody else. It was made on ${day} at ${clockWords(now)} and has what their agency may hear on that day. Destroy it by ${ends}.`,
      },
      {
        kind: 'paragraph',
        text: copy.namesBecause
          ? `Names stand in it, because: ${copy.namesBecause}`
          : 'Names are hidden, and so is every word that may be one. Who is meant is read in Concord, by those who may.',
      },
      facts(said, copy.what),
      ...(copy.what === 'minutes' ? minutesBlocks(said) : agendaBlocks(said)),
    ],
  }
}

function facts({ meeting }: Said, what: CopyOf): DocumentBlock {
  const { there, needed, enough } = quorate(meeting.quorum, meeting.members)
  const held = heldWords(meeting, { day: at => calendarWords(londonDay(at)), clock: clockWords })
  const rows: [string, string][] = [
    [what === 'minutes' ? 'Held' : 'Starts', meeting.place ? `${held}, ${meeting.place}` : held],
    ['Chair', meeting.chair?.name ?? 'Nobody is in the chair'],
    ...(what === 'minutes'
      ? ([
          [
            'Quorum',
            `${enough ? 'Quorate' : 'Not quorate'} (agencies that count for it: ${there}, needed: ${needed})`,
          ],
        ] as [string, string][])
      : []),
    ['Purpose', purposes.find(p => p.id === meeting.purpose)?.title ?? 'None: nobody is spoken of'],
  ]
  return { kind: 'list', items: rows.map(([key, value]) => [run(`${key}: `, true), run(value)]) }
}

function minutesBlocks({ meeting, agencyNames, items, general }: Said): DocumentBlock[] {
  const minutes = minutesOf(items, general)
  const unsorted = general.filter(e => e.kind !== 'decision' && e.kind !== 'action')
  return [
    { kind: 'heading', level: 1, text: 'Decisions' },
    listOrNone(
      minutes.decisions.map(({ entry, at }) => [
        ...plain(entry.parts),
        run(` (${[entry.agencyName, at].filter(Boolean).join('; ')})`),
      ]),
    ),
    { kind: 'heading', level: 1, text: 'Actions' },
    ...(minutes.actions.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: 'Actions given out',
            columns: [
              { title: 'Action' },
              { title: 'What', share: 3 },
              { title: 'Who' },
              { title: 'By' },
              { title: 'Stands' },
            ],
            rows: minutes.actions.map(({ entry }) => [
              entry.action?.reference ?? '–',
              plain(entry.parts),
              entry.action?.agencyName ?? entry.agencyName,
              entry.action ? calendarWords(entry.action.dueOn) : '–',
              entry.action ? (stateOf(entry.action.state) ?? '–') : '–',
            ]),
          },
        ]
      : [none]),
    { kind: 'heading', level: 1, text: 'Who was there' },
    {
      kind: 'table',
      caption: 'Attendance by agency',
      columns: [
        { title: 'Agency' },
        { title: 'Present', share: 1.5 },
        { title: 'Apologies' },
        { title: 'Absent' },
      ],
      rows: attendanceByAgency(meeting.members, agencyNames).map(a => [
        a.agency,
        a.present.join('; ') || '–',
        a.apologies.join('; ') || '–',
        a.absent.join('; ') || '–',
      ]),
    },
    ...sectionsOf(minutes.discussed),
    ...(unsorted.length > 0
      ? ([
          { kind: 'heading', level: 1, text: 'Said to no matter of the agenda' },
          { kind: 'list', items: unsorted.map(entryText) },
        ] satisfies DocumentBlock[])
      : []),
    ...(minutes.left.length > 0
      ? ([
          { kind: 'heading', level: 1, text: 'Not reached' },
          { kind: 'list', items: minutes.left.map(titleOf) },
        ] satisfies DocumentBlock[])
      : []),
  ]
}

/** Before it is held: what there is to speak of, each in a line. What was said already is for the minutes. */
const agendaBlocks = ({ items }: Said): DocumentBlock[] =>
  items.length === 0
    ? [{ kind: 'paragraph', text: 'Nothing stands on the agenda yet, or nothing that your agency may hear.' }]
    : bySection(items, section => [{ kind: 'list', items: section.map(lineOf) }])

const lineOf = (item: ShownItem): DocumentText => [
  run(titleOf(item)),
  ...(item.whatParts.length > 0 ? [run('. '), ...plain(item.whatParts)] : []),
  ...(factsOf(item) ? [run(` (${factsOf(item)})`)] : []),
]

const bySection = (
  items: readonly ShownItem[],
  blocks: (items: readonly ShownItem[]) => DocumentBlock[],
): DocumentBlock[] =>
  inSections(items, [])
    .filter(section => section.items.length > 0)
    .flatMap(section => [
      { kind: 'heading' as const, level: 1 as const, text: section.title },
      ...blocks(section.items),
    ])

const sectionsOf = (items: readonly ShownItem[]): DocumentBlock[] =>
  bySection(items, section =>
    section.flatMap((item): DocumentBlock[] => [
      { kind: 'heading', level: 2, text: titleOf(item) },
      ...(factsOf(item) ? [{ kind: 'paragraph' as const, text: factsOf(item), quiet: true }] : []),
      ...(item.whatParts.length > 0 ? [{ kind: 'paragraph' as const, text: plain(item.whatParts) }] : []),
      ...(item.entries.length > 0 ? [{ kind: 'list' as const, items: item.entries.map(entryText) }] : []),
    ]),
  )

/** A copy is read outside: initials would do for a guess, so that a hidden name is hidden wholly. */
const titleOf = ({ title, name }: ShownItem): string =>
  name ? `${title}: ${name.full ?? 'name hidden'}` : title

const factsOf = ({ agencyName, dueOn, sourceId, onlyFor }: ShownItem): string =>
  [
    agencyName,
    dueOn ? `due on ${calendarWords(dueOn)}` : null,
    sourceId && /^[A-Z]{1,3}-/.test(sourceId) ? sourceId : null,
    onlyFor ? `only for ${onlyFor.join(', ')}` : null,
  ]
    .filter(Boolean)
    .join(' · ')

const entryText = ({ kindTitle, parts, agencyName, byName, when, onlyFor }: ShownEntry): DocumentText => [
  run(`${kindTitle}: `, true),
  ...plain(parts),
  run(` (${agencyName}, ${byName}, ${when}${onlyFor ? `; only for ${onlyFor.join(', ')}` : ''})`),
]

const run = (text: string, strong = false): TextRun => ({ text, strong })

const plain = (parts: readonly TextPart[]): TextRun[] => [run(parts.map(part => part.text).join(''))]

const none: DocumentBlock = { kind: 'paragraph', text: 'None.' }

const listOrNone = (items: DocumentText[]): DocumentBlock =>
  items.length > 0 ? { kind: 'list', items } : none

const stateOf = (state: string): string | undefined =>
  (actionStateWords as Readonly<Record<string, string>>)[state]
