/** Named parameters that several measures share. */
import type { Role, Variant } from './measure.ts'

/** S0, paragraph 48 counts victim or offender; the Home Office's metrics look at victims. So it is a parameter. */
export const whose: Variant = {
  name: 'whose',
  title: 'Whose age',
  describes: 'Whether the victim, a suspect, or either of them has to be under 25',
  choices: [
    { value: 'victim', title: 'victim under 25' },
    { value: 'suspect', title: 'suspect under 25' },
    { value: 'either', title: 'victim or suspect under 25' },
  ],
  default: 'victim',
}

export const rolesOf = (chosen: string | undefined): Role[] =>
  chosen === 'suspect' ? ['suspect'] : chosen === 'either' ? ['victim', 'suspect'] : ['victim']

export const age: Variant = {
  name: 'age',
  title: 'Age',
  describes: 'Everybody, or only people aged 0 to 24. An age that was not recorded is left out of the latter',
  choices: [
    { value: 'all', title: 'all ages' },
    { value: 'under-25', title: 'under 25' },
  ],
  default: 'all',
}
