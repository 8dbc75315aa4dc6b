/** What is written down about groups of the synthetic partnership. Every name and every event is invented. */
import type { TestId } from '../../casework/groups/group-tests.ts'
import type { RelationKind } from '../../casework/groups/relation-store.ts'

export type GroupStanding = 'stands' | 'to-approve' | 'to-approve-again' | 'lapsed' | 'turned-down'

/** At every level; some wait, some were forgotten. `youth`: of youth justice, the others of the police. */
export const groupsToInvent: readonly {
  name: string
  test: TestId
  standing: GroupStanding
  territory: string
  youth?: true
}[] = [
  {
    name: 'Bandstand friends (synthetic)',
    test: 'peer-group',
    standing: 'stands',
    territory: 'The bandstand in the park, on dry evenings.',
  },
  {
    name: 'Late bus friends (synthetic)',
    test: 'peer-group',
    standing: 'stands',
    territory: 'The top deck of the last bus.',
    youth: true,
  },
  {
    name: 'Skate bowl friends (synthetic)',
    test: 'peer-group',
    standing: 'stands',
    territory: 'The skate bowl.',
    youth: true,
  },
  {
    name: 'Underpass friends (synthetic)',
    test: 'peer-group',
    standing: 'to-approve',
    territory: 'The underpass by the market.',
  },
  {
    name: 'Canal Side (synthetic)',
    test: 'street-gang',
    standing: 'stands',
    territory: 'The towpath between the two locks, and the sale of cannabis there.',
  },
  {
    name: 'Hilltop (synthetic)',
    test: 'gang-2015-act',
    standing: 'stands',
    territory: 'The shops at the top of the hill.',
  },
  {
    name: 'Number Nine (synthetic)',
    test: 'gang-level-2',
    standing: 'stands',
    territory: 'The stops of one bus route.',
  },
  {
    name: 'Two Bridges (synthetic)',
    test: 'street-gang',
    standing: 'to-approve-again',
    territory: 'Between the two bridges.',
  },
  {
    name: 'Ring Road (synthetic)',
    test: 'street-gang',
    standing: 'lapsed',
    territory: 'The car park under the ring road.',
  },
  {
    name: 'Old Market (synthetic)',
    test: 'gang-2015-act',
    standing: 'lapsed',
    territory: 'The old market after closing time.',
  },
  {
    name: 'Wharf (synthetic)',
    test: 'organised-crime-group',
    standing: 'stands',
    territory: 'No street: the supply of two towns.',
  },
  {
    name: 'Long Mile (synthetic)',
    test: 'organised-crime-group',
    standing: 'stands',
    territory: 'Garages along one road.',
  },
  {
    name: 'Allotments (synthetic)',
    test: 'gang-level-2',
    standing: 'turned-down',
    territory: 'The allotments.',
  },
]

export const relationsToInvent: readonly { one: string; other: string; kind: RelationKind; says: string }[] =
  [
    {
      one: 'Canal Side (synthetic)',
      other: 'Hilltop (synthetic)',
      kind: 'rivalry',
      says: 'A fight at the bus station between people of both; two arrests. Threats on both sides since.',
    },
    {
      one: 'Wharf (synthetic)',
      other: 'Canal Side (synthetic)',
      kind: 'alliance',
      says: 'Deliveries from one were sold by the other, as a search warrant showed.',
    },
  ]

export const evidence = [
  'As recorded after the disorder at the bus station.',
  'Found in a search under a warrant, and set out in the file.',
  'Told by two shopkeepers apart from each other.',
  'As the court heard when two of them were sentenced.',
  'Seen by the neighbourhood team on four evenings.',
]

export const sources = [
  'Officer who was there (synthetic)',
  'Crime report (synthetic)',
  'Search record (synthetic)',
  'Detached youth worker (synthetic)',
]

export const peerEvidence = [
  'They were at primary school together, and meet after college.',
  'Two complaints about noise; no violence known.',
  'Seen by the detached youth workers on most Fridays.',
]

export const linkTexts = [
  'Took part in the fight at the bus station with three people seen with it.',
  'Was arrested in a car with people seen with it and wraps of cannabis.',
  'Told a shopkeeper in its name what would happen if he called the police.',
]
