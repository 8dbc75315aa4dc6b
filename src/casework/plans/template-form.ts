/** Taking a template up, and saving one: which actions, for whom, due when; and no names in what others will use. Pure. */
import type { Day } from '../../platform/calendar.ts'
import { type Faults, readText, type Typed, typedText } from '../../platform/typed-form.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import { fourPs } from '../tasking/actions/action.ts'
import type { TypedAction } from '../tasking/actions/action-form.ts'
import { readDue } from '../tasking/actions/due-day.ts'
import type { TemplateAction } from './template-store.ts'

/** The chosen actions of a template; each line of the form has a number. */
export function readTaken(
  typed: Typed,
  actions: readonly TemplateAction[],
  agencies: readonly { id: string }[],
  today: Day,
): { taken: TypedAction[]; faults: Faults } {
  const faults: Faults = {}
  const taken = actions.flatMap((action, i) => {
    if (typedText(typed, `take-${i}`) !== 'yes') return []
    const what = readText(
      typed,
      `what-${i}`,
      { label: 'What is to be done', most: 2000, needed: 'Say what is to be done.' },
      faults,
    )
    const agency = typedText(typed, `agency-${i}`)
    if (!agencies.some(a => a.id === agency)) faults[`agency-${i}`] = 'Choose the agency that does it.'
    const dueOn = readDue(typed, `due-${i}`, today, faults)
    return dueOn
      ? [{ what, fourP: action.fourP, agency, owner: null, startOn: null, dueOn, escalateTo: null }]
      : []
  })
  if (taken.length === 0 && Object.keys(faults).length === 0) faults['take-0'] = 'Choose at least one action.'
  return { taken, faults }
}

export const dueOf = ({ days }: TemplateAction, today: Day): Day => addWorkingDays(today, days)

const MOST = 30

/** Lines of "heading: what is to be done, in 10 days". */
export function readTemplate(
  typed: Typed,
  names: readonly string[],
): { template: { name: string; actions: TemplateAction[] } | null; faults: Faults } {
  const faults: Faults = {}
  const name = readText(typed, 'name', { label: 'The name', most: 200, needed: 'Give it a name.' }, faults)
  const actions: TemplateAction[] = []
  for (let i = 0; i < MOST && typed[`what-${i}`] !== undefined; i++) {
    if (typedText(typed, `take-${i}`) !== 'yes') continue
    const what = readText(
      typed,
      `what-${i}`,
      { label: 'What is to be done', most: 2000, needed: 'Say what is to be done, or leave it out.' },
      faults,
    )
    const fourP = typedText(typed, `fourP-${i}`)
    const days = Number(typedText(typed, `days-${i}`))
    if (!Number.isInteger(days) || days < 1 || days > 120) {
      faults[`days-${i}`] = 'Give working days from 1 to 120.'
    }
    const named = names.find(n => holdsName(what, n))
    if (named) faults[`what-${i}`] = `Take the name out: a template is used for others.`
    if (Object.hasOwn(fourPs, fourP)) {
      actions.push({ what, fourP: fourP as TemplateAction['fourP'], agencyKind: null, days })
    }
  }
  if (names.some(n => holdsName(name, n))) faults.name = 'Take the name out: a template is used for others.'
  if (actions.length === 0 && Object.keys(faults).length === 0)
    faults['take-0'] = 'Choose at least one action.'
  return { template: Object.keys(faults).length > 0 ? null : { name, actions }, faults }
}

/** A part of a name as a whole word, in any case. */
const holdsName = (text: string, name: string): boolean =>
  text
    .toLocaleLowerCase('en-GB')
    .split(/[^\p{L}\p{N}]+/u)
    .includes(name.toLocaleLowerCase('en-GB'))

/** Parts of what somebody is called that would give them away in a text; short ones are words of their own. */
export const nameParts = (called: string): string[] =>
  called.split(/[^\p{L}\p{N}]+/u).filter(part => part.length > 2 && part.toLowerCase() !== 'synthetic')
