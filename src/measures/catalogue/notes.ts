/** Sentences that several measures share, so that they say the same. */

export const sources = {
  adr160:
    'Home Office Annual Data Requirement 160, as described to the Strategic Policing and Crime Board, June 2019, paragraph 2',
  hocr: 'Home Office Counting Rules for recorded crime',
  boardPaper2021: 'Reducing Violence, Strategic Policing and Crime Board, December 2021',
  policeUk: 'data.police.uk, Open Government Licence v3.0',
}

export const breaks = {
  ndqis:
    'A national text search (NDQIS) replaced manual flags for the knife return, force by force from 2019/20: never compare across the switch without a marker.',
  connect:
    'New recording software and integrity reviews raised recorded crime in the West Midlands from late 2020 (assessed at about 4%); see the register of recording changes.',
  emergencyWorkers: 'Assault with injury on an emergency worker (8T) has existed since 13 November 2018.',
  burglary:
    'Residential burglary replaced burglary in a dwelling in April 2017: sheds and garages are in since.',
}

export const perHundredThousand = {
  per: 100000,
  because: 'Knife crime is compared between areas per 100,000 residents',
} as const

export const perThousand = {
  per: 1000,
  because: 'Violence is compared between areas per 1,000 residents',
} as const

export const perMillion = {
  per: 1000000,
  because: 'Homicide is compared between areas per million residents',
} as const

export const fourUses =
  'Used and injured somebody; used or attempted; shown as a threat; threatened and believed'

export const missingAge = 'An age that was not recorded; the share is reported as a warning'
