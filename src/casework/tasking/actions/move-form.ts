/** What each move of an action asks for, and how what was typed is read. Pure. */
import type { Day } from '../../../platform/calendar.ts'
import { type Faults, readText, type Typed, typedText } from '../../../platform/typed-form.ts'
import type { ActionMove, MoveDetail } from './action.ts'
import type { MoveForm } from './action-store.ts'
import { askedDayOff, type DayOff, readDue } from './due-day.ts'

/** Moves that somebody makes on a page of their own, or with one button. */
export type FormMove = Exclude<ActionMove, 'make'>

interface Question {
  /** Its text goes into this part of the detail. */
  detail: keyof MoveDetail
  label: string
  hint?: string
  /** Sentence where it is empty; without one it may be. */
  needed?: string
}

interface MoveQuestions {
  /** Null for what needs no more than its button. */
  text: Question | null
  /** Whether it asks for a colleague, an agency or a day as well. */
  asks?: 'colleague' | 'agency' | 'day'
}

const note: Question = { detail: 'note', label: 'A note (optional)' }

export const moveQuestions: Record<FormMove, MoveQuestions> = {
  start: { text: null },
  give: { text: note, asks: 'colleague' },
  reassign: { text: note, asks: 'colleague' },
  note: {
    text: {
      detail: 'note',
      label: 'Note',
      needed: 'Write the note.',
      hint: 'Everybody who reads the action reads it.',
    },
  },
  finish: {
    text: {
      detail: 'result',
      label: 'What came of it?',
      needed: 'Say in a sentence what came of it.',
      hint: 'What was done, and what has changed for whom it is about.',
    },
  },
  'not-done': {
    text: {
      detail: 'because',
      label: 'Why was it not done?',
      needed: 'Say in a sentence why it was not done.',
    },
  },
  'move-date': {
    text: {
      detail: 'because',
      label: 'Why is its date moved?',
      needed: 'Say in a sentence why its date is moved.',
    },
    asks: 'day',
  },
  escalate: {
    text: {
      detail: 'because',
      label: 'Why is it escalated?',
      needed: 'Say in a sentence what holds it up.',
      hint: 'Coordinators and commanders of the agency that you choose read it.',
    },
    asks: 'agency',
  },
  'answer-escalation': {
    text: { detail: 'answer', label: 'What is decided?', needed: 'Say what is decided.' },
  },
  withdraw: {
    text: {
      detail: 'because',
      label: 'Why is it withdrawn?',
      needed: 'Say in a sentence why it is withdrawn.',
      hint: 'It stays in the log as withdrawn, with your reason, until it is deleted.',
    },
  },
}

export const isFormMove = (text: string): text is FormMove => Object.hasOwn(moveQuestions, text)

const TEXT = 2000

/** In the place of a colleague: nobody yet, for the agency to give out again. */
export const BACK = 'agency'

/** What was typed; null with a sentence for each field that does not fit. */
export function readMove(
  move: FormMove,
  typed: Typed,
  today: Day,
): { form: Omit<MoveForm, 'key' | 'seen'> | null; faults: Faults; dayOff: DayOff | null } {
  const { text, asks } = moveQuestions[move]
  const faults: Faults = {}
  const form: Omit<MoveForm, 'key' | 'seen'> = {}
  if (text) {
    const words = readText(
      typed,
      'text',
      { label: text.label, most: TEXT, ...(text.needed ? { needed: text.needed } : {}) },
      faults,
    )
    if (words) form.detail = { [text.detail]: words }
  }
  let off: DayOff | null = null
  if (asks === 'colleague') {
    const to = typedText(typed, 'to')
    if (to === '') faults.to = 'Choose who takes it.'
    form.toUser = to === BACK ? null : to
  }
  if (asks === 'agency') {
    const to = typedText(typed, 'to')
    if (to === '') faults.to = 'Choose the agency that should answer.'
    form.toAgency = to
  }
  if (asks === 'day') {
    const day = readDue(typed, 'dueOn', today, faults)
    if (day) form.dueOn = day
    off = day ? askedDayOff(typed, day, today) : null
  }
  return { form: Object.keys(faults).length > 0 ? null : form, faults, dayOff: off }
}
