/**
 * Home Office offence codes that the measures of serious violence rest on, with their place in the recorded
 * crime tree and whether they belong to the classes selected for the knife return (ADR 160).
 *
 * Source: Home Office Counting Rules, offence classification index; Annual Data Requirement 160. Codes of
 * burglary changed in April 2017 (residential replaced dwelling), so they carry dates. An extract may hold
 * any other code: it is kept, grouped as "Other recorded crime", and reported as a finding.
 */
import type { Code, CodeList } from './code-list.ts'

export interface OffenceCode extends Code {
  group: string
  subgroup: string
  /** Counts towards ADR 160 when a knife or sharp instrument was used or threatened. */
  selectedForKnifeReturn: boolean
}

const VIOLENCE = 'Violence against the person'

const inSubgroup = (group: string, subgroup: string, codes: [string, string, Partial<OffenceCode>?][]) =>
  codes.map(
    ([code, label, more]): OffenceCode => ({
      code,
      label,
      group,
      subgroup,
      selectedForKnifeReturn: false,
      ...more,
    }),
  )

const selected = { selectedForKnifeReturn: true }

export const offenceCodes: OffenceCode[] = [
  ...inSubgroup(VIOLENCE, 'Homicide', [
    ['1', 'Murder', selected],
    ['4.1', 'Manslaughter', selected],
    ['4.2', 'Infanticide', selected],
    ['4.10', 'Corporate manslaughter', selected],
  ]),
  ...inSubgroup(VIOLENCE, 'Violence with injury', [
    ['2', 'Attempted murder', selected],
    ['4.3', 'Intentional destruction of a viable unborn child'],
    ['4.7', 'Causing or allowing death or serious harm of a child or vulnerable person'],
    ['5D', 'Assault with intent to cause serious harm', selected],
    ['5E', 'Endangering life'],
    ['8N', 'Assault with injury', selected],
    ['8P', 'Racially or religiously aggravated assault with injury', selected],
    ['8S', 'Assault with injury on a constable', selected],
    ['8T', 'Assault with injury on an emergency worker', { ...selected, from: '2018-11-13' }],
  ]),
  ...inSubgroup(VIOLENCE, 'Violence without injury', [
    ['3A', 'Conspiracy to murder'],
    ['3B', 'Threats to kill', selected],
    ['104', 'Assault without injury on a constable'],
    ['105A', 'Assault without injury'],
    ['105B', 'Racially or religiously aggravated assault without injury'],
  ]),
  ...inSubgroup(VIOLENCE, 'Stalking and harassment', [
    ['8L', 'Harassment'],
    ['8Q', 'Stalking'],
    ['8R', 'Malicious communications'],
  ]),
  ...inSubgroup('Sexual offences', 'Rape', [
    ['19C', 'Rape of a female aged 16 and over', selected],
    ['19D', 'Rape of a female child under 16', selected],
    ['19E', 'Rape of a female child under 13', selected],
    ['19F', 'Rape of a male aged 16 and over', selected],
    ['19G', 'Rape of a male child under 16', selected],
    ['19H', 'Rape of a male child under 13', selected],
  ]),
  ...inSubgroup('Sexual offences', 'Other sexual offences', [
    ['17A', 'Sexual assault on a male aged 13 and over', selected],
    ['17B', 'Sexual assault on a male child under 13', selected],
    ['20A', 'Sexual assault on a female aged 13 and over', selected],
    ['20B', 'Sexual assault on a female child under 13', selected],
  ]),
  ...inSubgroup('Robbery', 'Robbery of business property', [
    ['34A', 'Robbery of business property', selected],
  ]),
  ...inSubgroup('Robbery', 'Robbery of personal property', [
    ['34B', 'Robbery of personal property', selected],
  ]),
  ...inSubgroup('Theft offences', 'Residential burglary', [
    ['28A', 'Burglary in a dwelling', { to: '2017-03-31' }],
    ['28B', 'Attempted burglary in a dwelling', { to: '2017-03-31' }],
    ['28C', 'Distraction burglary in a dwelling', { to: '2017-03-31' }],
    ['28D', 'Attempted distraction burglary in a dwelling', { to: '2017-03-31' }],
    ['28E', 'Burglary, residential', { from: '2017-04-01' }],
    ['28F', 'Attempted burglary, residential', { from: '2017-04-01' }],
    ['28G', 'Distraction burglary, residential', { from: '2017-04-01' }],
    ['28H', 'Attempted distraction burglary, residential', { from: '2017-04-01' }],
  ]),
  ...inSubgroup('Theft offences', 'Non-residential burglary', [
    ['30A', 'Burglary in a building other than a dwelling', { to: '2017-03-31' }],
    ['30C', 'Burglary, business and community', { from: '2017-04-01' }],
  ]),
  ...inSubgroup('Theft offences', 'Vehicle offences', [
    ['37.2', 'Aggravated vehicle taking'],
    ['45', 'Theft from a vehicle'],
    ['48', 'Theft of a motor vehicle'],
    ['126', 'Interfering with a motor vehicle'],
  ]),
  ...inSubgroup('Theft offences', 'Theft from the person', [['39', 'Theft from the person']]),
  ...inSubgroup('Theft offences', 'Other theft', [
    ['44', 'Theft of a pedal cycle'],
    ['46', 'Shoplifting'],
    ['49', 'Other theft'],
  ]),
  ...inSubgroup('Possession of weapons', 'Possession of weapons', [
    ['10A', 'Possession of a firearm with intent'],
    ['10B', 'Possession of a firearm'],
    ['10C', 'Possession of another weapon'],
    ['10D', 'Possession of an article with a blade or point'],
  ]),
  ...inSubgroup('Public order', 'Public order', [
    ['62A', 'Violent disorder'],
    ['66', 'Other offences against public order'],
    ['9A', 'Public fear, alarm or distress'],
  ]),
  ...inSubgroup('Drug offences', 'Drug offences', [
    ['92A', 'Trafficking in controlled drugs'],
    ['92D', 'Possession of controlled drugs other than cannabis'],
    ['92E', 'Possession of cannabis'],
  ]),
  ...inSubgroup('Arson and criminal damage', 'Arson and criminal damage', [
    ['56A', 'Arson endangering life'],
    ['58', 'Criminal damage'],
  ]),
]

export const offenceCodeList: CodeList = {
  id: 'ho-offence-codes',
  title: 'Home Office offence codes',
  source: 'Home Office Counting Rules for recorded crime, classification index; ADR 160 selected classes',
  closed: false,
  codes: offenceCodes,
}

/** Codes of a subgroup, whenever in force. */
export const codesOfSubgroup = (...subgroups: string[]): string[] =>
  offenceCodes.filter(c => subgroups.includes(c.subgroup)).map(c => c.code)

/** Codes selected for the knife return. */
export const knifeReturnCodes = (): string[] =>
  offenceCodes.filter(c => c.selectedForKnifeReturn).map(c => c.code)
