/** Codes of what was done, with what, where, and how the investigation ended. */
import type { CodeList } from './code-list.ts'

/**
 * How a knife or sharp instrument figured in the offence. The first four count towards ADR 160 when the
 * offence is of a selected class; possession alone never does.
 */
export const knifeUse: CodeList = {
  id: 'knife-use',
  title: 'Use of a knife or sharp instrument',
  source:
    'Annual Data Requirement 160, as described to the Strategic Policing and Crime Board, June 2019, paragraph 2',
  closed: true,
  codes: [
    { code: 'used_injury', label: 'Used, and injured somebody' },
    { code: 'used_no_injury', label: 'Used or attempted, nobody injured' },
    { code: 'threat_seen', label: 'Shown as a threat' },
    { code: 'threat_unseen_believed', label: 'Threatened, not seen but believed' },
    { code: 'possessed_only', label: 'Possessed only' },
    { code: 'none', label: 'No knife' },
    { code: 'unknown', label: 'Not recorded' },
  ],
}

/** The uses that count as knife crime (ADR 160). */
export const knifeUsedOrThreatened = [
  'used_injury',
  'used_no_injury',
  'threat_seen',
  'threat_unseen_believed',
]

export const weapons: CodeList = {
  id: 'weapons',
  title: 'Weapon',
  source: 'Partnership list; the classes that the June 2019 board paper reports, paragraph 13',
  closed: true,
  codes: [
    { code: 'unknown_knife', label: 'Knife, kind not known' },
    { code: 'kitchen_knife', label: 'Kitchen knife' },
    { code: 'machete', label: 'Machete' },
    { code: 'lock_knife', label: 'Lock or folding knife' },
    { code: 'hunting_knife', label: 'Hunting or combat knife' },
    { code: 'other_sharp', label: 'Other sharp instrument' },
    { code: 'glass', label: 'Glass or bottle' },
    { code: 'firearm', label: 'Firearm' },
    { code: 'blunt', label: 'Blunt instrument' },
    { code: 'corrosive', label: 'Corrosive substance' },
    { code: 'other', label: 'Other weapon' },
    { code: 'none', label: 'No weapon' },
    { code: 'unknown', label: 'Not recorded' },
  ],
}

export const locationTypes: CodeList = {
  id: 'location-types',
  title: 'Kind of location',
  source: 'Partnership list',
  closed: true,
  codes: [
    { code: 'street', label: 'Street or road' },
    { code: 'outside_address', label: 'Outside an address' },
    { code: 'dwelling', label: 'Inside a dwelling' },
    { code: 'park', label: 'Park or open space' },
    { code: 'transport', label: 'Bus, train, tram or station' },
    { code: 'licensed_premises', label: 'Licensed premises' },
    { code: 'shop', label: 'Shop or business' },
    { code: 'school', label: 'School or college' },
    { code: 'hospital', label: 'Hospital or clinic' },
    { code: 'prison', label: 'Prison or custody' },
    { code: 'other', label: 'Other' },
    { code: 'unknown', label: 'Not recorded' },
  ],
}

/** Locations where the public come and go; used with "not domestic" for public-place violence. */
export const publicPlaces = ['street', 'outside_address', 'park', 'transport', 'licensed_premises', 'shop']

/** Source: Home Office outcomes framework; 21 dates from January 2016, 22 from April 2019, 23 from 2026. */
export const outcomeTypes: CodeList = {
  id: 'outcome-types',
  title: 'Outcome type',
  source: 'Home Office Counting Rules, crime outcomes',
  closed: true,
  codes: [
    { code: '0', label: 'Not yet assigned' },
    { code: '1', label: 'Charged or summonsed' },
    { code: '1A', label: 'Charged or summonsed, alternate offence' },
    { code: '2', label: 'Caution, youth' },
    { code: '2A', label: 'Caution, youth, alternate offence' },
    { code: '3', label: 'Caution, adult' },
    { code: '3A', label: 'Caution, adult, alternate offence' },
    { code: '4', label: 'Taken into consideration' },
    { code: '5', label: 'Person suspected has died' },
    { code: '6', label: 'Penalty notice for disorder' },
    { code: '7', label: 'Cannabis or khat warning' },
    { code: '8', label: 'Community resolution' },
    { code: '9', label: 'Not in the public interest, prosecutors’ decision' },
    { code: '10', label: 'Not in the public interest, police decision' },
    { code: '11', label: 'Suspect under the age of criminal responsibility' },
    { code: '12', label: 'Suspect too ill' },
    { code: '13', label: 'Victim or key witness dead or too ill' },
    { code: '14', label: 'Suspect not identified, victim does not support' },
    { code: '15', label: 'Suspect identified, victim supports, evidential difficulties' },
    { code: '16', label: 'Suspect identified, victim does not support' },
    { code: '17', label: 'Prosecution time limit expired' },
    { code: '18', label: 'Investigation complete, no suspect identified' },
    { code: '19', label: 'Fraud case handled nationally' },
    { code: '20', label: 'Responsibility passed to another body' },
    { code: '21', label: 'Further investigation not in the public interest', from: '2016-01-01' },
    { code: '22', label: 'Diversion, education or intervention undertaken', from: '2019-04-01' },
    { code: '23', label: 'Deferred prosecution of a child, decision held', from: '2026-01-01' },
  ],
}

export const robberyTypes: CodeList = {
  id: 'robbery-types',
  title: 'Kind of robbery',
  source: 'Home Office Counting Rules, robbery (34A, 34B)',
  closed: true,
  codes: [
    { code: 'personal', label: 'Personal property' },
    { code: 'business', label: 'Business property' },
  ],
}
