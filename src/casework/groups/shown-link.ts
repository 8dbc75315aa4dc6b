/** A link in words: "seen with, on, source", and never "member of" (R2). Pure. */
import { calendarWords } from '../../platform/calendar.ts'
import { linkGrounds, linkStates, possibleLinkMoves } from './group-link.ts'
import { isLinkStep, linkSteps } from './group-steps.ts'
import type { GroupLink } from './link-store.ts'

/** "Seen with Northside, on 14 November 2026, source: officer who was there". */
export const seenWords = ({
  groupCalled,
  onDay,
  source,
}: Pick<GroupLink, 'groupCalled' | 'onDay' | 'source'>) =>
  `Seen with ${groupCalled}, on ${calendarWords(onDay)}, source: ${source}`

export const shownLink = (link: GroupLink) => ({
  ...link,
  seen: seenWords(link),
  groundWords: linkGrounds[link.ground]?.title ?? 'A ground that is no longer in use',
  stateWords: linkStates[link.state],
  steps: possibleLinkMoves(link.state, link.mover)
    .filter(isLinkStep)
    .map(step => ({ step, text: linkSteps[step].title })),
})
