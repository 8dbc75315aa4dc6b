/**
 * What meetings of the synthetic partnership raised to the boards above them: most was answered in the board's next
 * meeting, where it is a matter and a decision; a little was taken back, and the latest waits.
 */
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { londonDay } from '../../platform/calendar.ts'
import { escalationTexts, takenBack } from './escalation-texts.ts'
import { inventTask, type Meetings, type SyntheticMeeting } from './meetings.ts'
import { earlier, invented, later, pick, type Setting } from './setting.ts'
import type { Worker } from './staff.ts'

/** Of matters that are raised, the share that is taken back. */
const TAKEN_BACK = 0.08
/** Board meetings in which something that was raised is decided. */
const DECIDES = 0.8

export interface SyntheticEscalation {
  id: string
  reference: string
  from: SyntheticMeeting
  toType: string
  what: string
  because: string
  by: Worker
  at: Date
  deleteOn: string
  moves: {
    key: string
    action: 'raise' | 'answer' | 'withdraw'
    stateAfter: 'raised' | 'answered' | 'withdrawn'
    meeting: SyntheticMeeting | null
    by: Worker
    at: Date
    text: string | null
  }[]
}

/** Adds to the boards' meetings what they decided on it. */
export function inventEscalations(setting: Setting, { meetings }: Meetings): SyntheticEscalation[] {
  const random = setting.chance('escalations')
  const held = meetings.filter(m => m.state === 'closed')
  const types = new Map(held.map(m => [m.type.id, m.type]))
  const boards = [...new Set([...types.values()].flatMap(t => (t.escalatesTo ? [t.escalatesTo] : [])))].sort()
  const drafts = boards.flatMap(board => {
    const sittings = held.filter(m => m.type.id === board)
    const below = held.filter(m => m.type.escalatesTo === board)
    // After the last sitting comes what waits for the next.
    return [...sittings, null].flatMap((sitting, n) => {
      const since = sittings[n - 1]?.startsAt ?? new Date(0)
      const between = below.filter(m => m.startsAt > since && (!sitting || endOf(m) < sitting.startsAt))
      if (between.length === 0 || (sitting && !random.chance(DECIDES))) return []
      return Array.from({ length: random.between(1, 2) }, () => ({
        from: pick(random, between),
        board,
        sitting,
      }))
    })
  })
  drafts.sort((a, b) => endOf(a.from).getTime() - endOf(b.from).getTime())
  const numbers = new Map<string, number>()
  let moved = 0
  return drafts.map(({ from, board, sitting }, n) => {
    const text = escalationTexts[n % escalationTexts.length]!
    const at = endOf(from)
    const year = londonDay(at).slice(0, 4)
    numbers.set(year, (numbers.get(year) ?? 0) + 1)
    const reference = `E-${year}-${String(numbers.get(year)).padStart(4, '0')}`
    const key = () => invented('escalation-move', ++moved)
    const by = whoRuns(from)
    const escalation: SyntheticEscalation = {
      id: invented('escalation', n + 1),
      reference,
      from,
      toType: board,
      what: text.what,
      because: text.because,
      by,
      at,
      deleteOn: retentionDates('escalation', londonDay(at), { child: true }).deleteOn,
      moves: [{ key: key(), action: 'raise', stateAfter: 'raised', meeting: from, by, at, text: null }],
    }
    if (random.chance(TAKEN_BACK)) {
      escalation.moves.push({
        key: key(),
        action: 'withdraw',
        stateAfter: 'withdrawn',
        meeting: null,
        by,
        at: earlier(later(at, 90), setting.now),
        text: pick(random, takenBack),
      })
    } else if (sitting) {
      const said = sitting.entries.at(-1)?.at ?? later(sitting.startsAt, 5)
      const answeredAt = new Date(said.getTime() + 10_000)
      const chair = whoRuns(sitting)
      const answer = { key: key(), action: 'answer', stateAfter: 'answered', meeting: sitting } as const
      escalation.moves.push({ ...answer, by: chair, at: answeredAt, text: text.answer })
      const item = {
        id: invented('escalated', n + 1),
        section: sectionOf(sitting),
        kind: 'escalation' as const,
        title: `${from.type.name}: ${text.what}`,
        agency: null,
        person: null,
        called: null,
        addedBy: null,
        passedAt: answeredAt,
        passedBy: chair,
        source: { kind: 'escalation', id: reference },
      }
      sitting.items.push(item)
      const entry = {
        item,
        worker: chair,
        action: null,
        id: answer.key,
        kind: 'decision' as const,
        text: `${reference}: ${text.answer}`,
        at: answeredAt,
      }
      sitting.entries.push(entry)
      if (text.task) {
        const there = sitting.members.filter(m => m.attendance === 'present').map(m => m.worker)
        const given = {
          ...entry,
          id: invented('escalated-task', n + 1),
          kind: 'action' as const,
          text: text.task,
          at: new Date(answeredAt.getTime() + 10_000),
        }
        const task = inventTask(random, setting, {
          entry: given,
          meeting: sitting.id,
          doer: pick(random, there),
          runs: chair,
          there,
          purpose: from.type.purpose ?? 'violence-prevention',
        })
        sitting.entries.push({ ...given, action: task })
      }
    }
    return escalation
  })
}

const whoRuns = ({ members, chair }: SyntheticMeeting): Worker =>
  members.find(m => m.part === 'secretary')?.worker ?? chair ?? members[0]!.worker

/** Just before it was closed: what follows in it is not said after its end. */
const endOf = ({ moves, startsAt }: SyntheticMeeting): Date =>
  new Date((moves.find(m => m.action === 'close')?.at ?? startsAt).getTime() - 10_000)

const sectionOf = ({ type }: SyntheticMeeting): string =>
  type.agenda.find(rule => rule.items === 'escalation')?.section ?? 'Brought up by members'
