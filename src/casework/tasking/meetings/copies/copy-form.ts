/** What was typed into the form that gives copies, with a sentence for each field that cannot be kept. Pure. */
import type { Day } from '../../../../platform/calendar.ts'
import { type Faults, readText, type Typed, typedList, typedText } from '../../../../platform/typed-form.ts'
import type { Meeting } from '../meeting-store.ts'
import { endChoices } from './copy.ts'
import type { NewCopies } from './copy-store.ts'

const BECAUSE_LENGTH = 500

/** Undefined with faults. `user` is whoever fills it in: without the meeting to run, it is for them alone. */
export function readCopyForm(
  typed: Typed,
  { meeting, user, today }: { meeting: Pick<Meeting, 'members' | 'mover'>; user: string; today: Day },
  faults: Faults,
): NewCopies | undefined {
  const ticked = typedList(typed, 'recipients')
  const recipients = meeting.mover.runs
    ? meeting.members.filter(m => ticked.includes(m.user)).map(m => m.user)
    : [user]
  if (recipients.length === 0) faults.recipients = 'Choose for whom the copies are'
  const end = endChoices(today).find(choice => choice.value === typedText(typed, 'days'))
  if (!end) faults.days = 'Choose for how long they can be taken'
  const names = typedText(typed, 'names') === 'yes'
  const because = readText(
    typed,
    'because',
    {
      label: 'The reason',
      most: BECAUSE_LENGTH,
      ...(names && { needed: 'Write why these recipients need the names outside of Concord' }),
    },
    faults,
  )
  if (!names && because !== '') {
    faults.because = 'A reason belongs to copies with names: tick that they are shown, or take the reason out'
  }
  if (!end || Object.keys(faults).length > 0) return undefined
  return { recipients, endsOn: end.day, namesBecause: names ? because : null }
}
