/** The room as a page shows it: sections in the order of the agenda, with what may be said to each matter. */
import type { itemKinds } from '../../../areas/meeting-type.ts'
import type { Member } from '../../../governance/access/as-member.ts'
import { may } from '../../../governance/permissions.ts'
import type { TextPart } from '../../../governance/rights/names-in-text.ts'
import { calendarWords, londonDay } from '../../../platform/calendar.ts'
import { clockWords } from '../../../platform/london-time.ts'
import { entryKinds } from './meeting.ts'
import type { Room, RoomEntry, RoomItem } from './room-store.ts'
import { initials, shownText } from './shown-names.ts'

export const BROUGHT_UP_SECTION = 'Brought up by members'

export interface ShownEntry extends Omit<RoomEntry, 'text'> {
  kindTitle: string
  /** "09:41"; with the day where the meeting began on another. */
  when: string
  parts: TextPart[]
  /** Names of the agencies to which alone it was said. */
  onlyFor: string[] | null
}

export interface ShownItem extends Omit<RoomItem, 'entries'> {
  /** Where it is read, for those who may. */
  href: string | null
  /** Where consequence management is opened for it, of an incident. */
  opens: string | null
  /** What is shown of a name, in full and shortened; full is null where names are hidden. */
  name: { full: string | null; short: string } | null
  /** Of a title that somebody typed, with what may name somebody marked; the program's own names nobody. */
  titleParts: TextPart[]
  whatParts: TextPart[]
  onlyFor: string[] | null
  entries: ShownEntry[]
}

export interface ShownSection {
  title: string
  /** Stands in the page's ids. */
  key: string
  items: ShownItem[]
}

interface Showing {
  member: Member
  hidden: boolean
}

export function shownItems(
  room: Room,
  showing: Showing,
): { items: ShownItem[]; general: ShownEntry[] | null } {
  const called = room.items.flatMap(i => (i.called ? [i.called] : []))
  const agencies = Object.values(room.agencyNames)
  const parts = (text: string) => shownText(text, { agencies, called, hidden: showing.hidden })
  const names = (ids: string[] | null) => ids?.map(id => room.agencyNames[id] ?? id).sort() ?? null
  const entry = ({ text, ...rest }: RoomEntry): ShownEntry => ({
    ...rest,
    kindTitle: entryKinds[rest.kind].title,
    when: whenSaid(new Date(rest.at), room.startsAt),
    parts: parts(text),
    onlyFor: names(rest.seenBy),
  })
  return {
    items: room.items.map(({ entries, ...item }) => ({
      ...item,
      href: addressOf(item, showing.member),
      opens: opensFor(item, showing.member),
      name: item.called ? { full: showing.hidden ? null : item.called, short: initials(item.called) } : null,
      titleParts: item.sourceKind === null ? parts(item.title) : [{ text: item.title, marked: false }],
      whatParts: item.what ? parts(item.what) : [],
      onlyFor: names(item.seenBy),
      entries: entries.map(entry),
    })),
    general: room.general?.map(entry) ?? null,
  }
}

function whenSaid(at: Date, startsAt: Date): string {
  const clock = clockWords(at)
  const day = londonDay(at)
  return day === londonDay(startsAt) ? clock : `${clock} on ${calendarWords(day)}`
}

/** Sections of the agenda in their order; what members brought up comes last, also where it is empty still. */
export function inSections(items: readonly ShownItem[], sections: readonly string[]): ShownSection[] {
  const titles = [...new Set([...sections, ...items.map(i => i.section)])].filter(
    t => t !== BROUGHT_UP_SECTION,
  )
  return [...titles, BROUGHT_UP_SECTION].map((title, n) => ({
    title,
    key: `section-${n + 1}`,
    items: items.filter(i => i.section === title),
  }))
}

/** Only where the reader may open it: a link that leads nowhere tells that there is something. */
function addressOf(
  { sourceKind, sourceId, kind, agency, what, mayOpen }: Omit<RoomItem, 'entries'>,
  member: Member,
): string | null {
  if (sourceKind === 'referral' && member.role === 'coordinator' && member.agency === agency) {
    return `/triage/${sourceId}`
  }
  if (sourceKind === 'escalation' || sourceKind === 'answer') return `/meetings/escalations/${sourceId}`
  if (sourceKind === 'placement' && member.agency === agency) return `/cohorts/placements/${sourceId}`
  // Whoever reads what is to be done may open the action.
  if (sourceKind === 'action' && what !== null) return `/actions/${sourceId}`
  if (sourceKind === 'custody' && mayOpen) return `/custody/${sourceId}`
  if (sourceKind === 'panel-case' && what !== null) return `/panel-cases/${sourceId}`
  if (sourceKind === 'bid' && may(member.role, 'see-bids')) return `/bids/${sourceId}`
  if (sourceKind === 'consequence' && what !== null) return `/consequences/${sourceId}`
  if (
    sourceKind === 'overnight' &&
    kind === 'event' &&
    member.agency === agency &&
    may(member.role, 'keep-records')
  ) {
    return '/overnight'
  }
  return null
}

const opensFor = (
  { kind, title, sourceId }: Pick<RoomItem, 'kind' | 'title' | 'sourceId'>,
  { role }: Member,
): string | null =>
  kind === 'incident' && may(role, 'manage-consequences')
    ? `/consequences/new?${new URLSearchParams({ what: title, incident: sourceId?.slice(0, 100) ?? '' })}`
    : null

export const kindChoices = (sees: readonly (keyof typeof itemKinds)[]): { value: string; text: string }[] =>
  sees.filter(kind => byHand.has(kind)).map(kind => ({ value: kind, text: byHand.get(kind)! }))

/** What members bring up by hand; the rest is gathered. */
const byHand = new Map<keyof typeof itemKinds, string>([
  ['person', 'Somebody'],
  ['group', 'A group'],
  ['place', 'A place'],
  ['line', 'A line'],
  ['incident', 'An incident'],
  ['figure', 'A figure'],
  ['topic', 'Something else'],
])
