/** How people describe themselves: asked so that it can be seen who is reached (R24). It never decides about anybody. */

export const genders = {
  female: 'Female',
  male: 'Male',
  'another-way': 'In another way',
} as const

/** Census 2021, England and Wales, at the level of five groups: enough to see who is reached. */
export const ethnicGroups = {
  asian: 'Asian or Asian British',
  black: 'Black, Black British, Caribbean or African',
  mixed: 'Mixed or multiple ethnic groups',
  white: 'White',
  other: 'Another ethnic group',
} as const

export const NOT_KNOWN = 'Not known, or not asked'
