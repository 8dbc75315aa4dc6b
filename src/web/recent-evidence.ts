/** What an agenda says of the evidence: incidents and missing episodes since the last meeting. Nobody is named in it. */
import type { AgendaRule, ItemKind } from '../areas/meeting-type.ts'
import type { AgendaDraft, Gathering } from '../casework/tasking/meetings/agenda/agenda-source.ts'
import type { AskOutside } from '../casework/tasking/meetings/agenda/gather-agenda.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { type RecentRow, recentIncidents, recentMissing } from '../evidence/recent/recent-rows.ts'
import { calendarWords, londonDay, monthOf } from '../platform/calendar.ts'
import { londonMinutes } from '../platform/london-time.ts'

const answers: Partial<Record<ItemKind, typeof recentIncidents>> = {
  incident: recentIncidents,
  missing: recentMissing,
}

export const askEvidence =
  (evidence: Evidence): AskOutside =>
  async gatherings => {
    const found = new Map<AgendaRule, AgendaDraft[]>()
    for (const { rule, window, meeting } of gatherings) {
      const answer = answers[rule.items]
      if (!answer) continue
      const rows = await answer(evidence, {
        from: localTime(window.from),
        to: localTime(window.to),
        localAuthorities: meeting.localAuthorities,
        of: rule.of ?? null,
      })
      const names = rows.length > 0 ? await areaNames(evidence, window) : new Map<string, string>()
      found.set(
        rule,
        rows.map(row => draftOf(row, names)),
      )
    }
    return found
  }

const draftOf = ({ dataset, id, words, at, area }: RecentRow, names: Map<string, string>): AgendaDraft => ({
  title: [words, ...(area ? [names.get(area) ?? area] : []), atWords(at)].join(', '),
  agency: null,
  sourceKind: dataset,
  sourceId: id,
})

async function areaNames(
  evidence: Evidence,
  { from, to }: Gathering['window'],
): Promise<Map<string, string>> {
  const [first, last] = [monthOf(londonDay(from)), monthOf(londonDay(to))]
  const areas = [
    ...(await evidence.areas('local-authority', first, last)),
    ...(await evidence.areas('ward', first, last)),
  ]
  return new Map(areas.map(a => [a.code, a.name]))
}

/** As the extracts have it: what the clock shows. */
function localTime(instant: Date): string {
  const minutes = londonMinutes(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${londonDay(instant)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** "19 November at 21:40"; a day alone where no hour is known. */
function atWords(at: string): string {
  const day = calendarWords(at.slice(0, 10)).replace(/ \d{4}$/, '')
  return at.length > 10 ? `${day} at ${at.slice(11, 16)}` : day
}
