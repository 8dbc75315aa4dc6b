/**
 * The door of pages to what a meeting needs beyond the person who is signed in: gathering its agenda, which looks over all
 * agencies as the program, and being told that something in it changed.
 */
import type { FastifyRequest } from 'fastify'
import { type AskOutside, gatherAgenda } from '../casework/tasking/meetings/agenda/gather-agenda.ts'
import type { Clock } from '../platform/clock.ts'
import { NotThere } from '../platform/errors.ts'
import type { Database } from '../platform/postgres.ts'

export interface MeetingDoor {
  /** Throws NotThere for whoever does not run the meeting, WrongMove for one that is over. */
  gatherAgenda(request: FastifyRequest, reference: string): Promise<void>
  /**
   * Calls `changed` with the number of the last change of a meeting, at most every tenth of a second; null where some may
   * have been missed. Gives what ends it.
   */
  watch(meeting: string, changed: (change: number | null) => void): () => void
  close(): Promise<void>
}

/** What comes within this time is told once: sixty people ask for each change. */
const TOGETHER_MS = 100

export async function openMeetingDoor(
  database: Database,
  clock: Clock,
  askOutside: AskOutside,
): Promise<MeetingDoor> {
  const watching = new Map<string, Set<(change: number | null) => void>>()
  const waiting = new Map<string, { change: number | null; timer: NodeJS.Timeout }>()

  const tell = (meeting: string): void => {
    const told = waiting.get(meeting)
    waiting.delete(meeting)
    for (const changed of watching.get(meeting) ?? []) changed(told?.change ?? null)
  }

  const note = (meeting: string, change: number | null): void => {
    if (!watching.has(meeting)) return
    const before = waiting.get(meeting)
    if (before) {
      before.change = change === null || before.change === null ? null : Math.max(change, before.change)
      return
    }
    waiting.set(meeting, { change, timer: setTimeout(tell, TOGETHER_MS, meeting) })
  }

  const endListening = await database.listen('meeting_changed', text => {
    const [meeting, change] = text.split(' ')
    if (meeting && change) note(meeting, Number(change))
    else for (const one of watching.keys()) note(one, null)
  })

  return {
    gatherAgenda: async (request, reference) => {
      const { member } = request.viewer
      if (!member) throw new NotThere()
      await gatherAgenda(database, member, reference, { now: clock(), askOutside })
    },
    watch: (meeting, changed) => {
      const others = watching.get(meeting) ?? new Set()
      watching.set(meeting, others.add(changed))
      return () => {
        others.delete(changed)
        if (others.size === 0) watching.delete(meeting)
      }
    },
    close: async () => {
      for (const { timer } of waiting.values()) clearTimeout(timer)
      await endListening()
    },
  }
}
