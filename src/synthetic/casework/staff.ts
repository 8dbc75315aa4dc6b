/** People at work in the synthetic partnership beside the cast, and their teams. */

import type { PurposeId } from '../../governance/purposes.ts'
import type { MemberRole } from '../../governance/roles.ts'
import { defaultPurpose } from '../../governance/sign-in/default-purpose.ts'
import { cast, castUser } from './cast.ts'
import { invented, type Setting } from './setting.ts'

export interface Worker {
  id: string
  agency: string
  agencyKind: string
  name: string
  post: string
  role: MemberRole
  /** For which they usually work. */
  purpose: PurposeId
  team: string | null
  /** Who is not at work yet, or no more, has written nothing here. */
  state: 'active' | 'invited' | 'suspended' | 'left'
}

export interface Team {
  id: string
  agency: string
  name: string
}

export interface Staff {
  workers: Worker[]
  teams: Team[]
  /** Who writes records at an agency: practitioners and coordinators. Never empty. */
  keepers(agency: string): Worker[]
  coordinators(agency: string): Worker[]
  /** One of the cast by their post; null where the area has no such agency. */
  castOf(post: (typeof cast)[number]['post']): Worker | null
}

/** How many accounts the synthetic partnership has, with the cast. */
const WORKERS = 120

/** Of the last accounts: what an administrator looks after. */
const states = ['left', 'left', 'suspended', 'invited', 'invited'] as const

const posts: Readonly<Record<string, readonly string[]>> = {
  police: ['Neighbourhood police officer', 'Child exploitation officer', 'Offender manager'],
  education: ['Designated safeguarding lead', 'Attendance officer', 'Mentor'],
  children: ['Social worker', 'Family support worker', 'Team manager'],
  council: ['Early help worker', 'Community safety officer', 'Housing options officer'],
  health: ['Nurse', 'Safeguarding practitioner', 'Youth mental health worker'],
  'youth-justice': ['Youth justice worker', 'Restorative practice worker'],
  probation: ['Probation officer', 'Resettlement worker'],
  charity: ['Youth worker', 'Mentor', 'Family worker'],
  partnership: ['Community navigator', 'Programme worker'],
  housing: ['Tenancy support officer', 'Housing officer'],
}

const teamNames: Readonly<Record<string, readonly string[]>> = {
  police: ['Neighbourhoods (synthetic)', 'Child exploitation (synthetic)'],
  education: ['Safeguarding (synthetic)', 'Attendance (synthetic)'],
  children: ['Assessment (synthetic)', 'Adolescents (synthetic)'],
  health: ['Safeguarding (synthetic)', 'Navigators (synthetic)'],
  partnership: ['Triage (synthetic)', 'Programmes (synthetic)'],
}

// Families of nobody in the register, but for the first: information governance is shown a reader of the same name.
const families = ['Mockham', 'Specimen', 'Standin', 'Exemplar', 'Dummyford', 'Illustration']
const givenNames = [
  ...['Jordan', 'Nadia', 'Oliver', 'Precious', 'Tomasz', 'Gurpreet', 'Bronwen', 'Ikram', 'Dwayne', 'Hannah'],
  ...['Farid', 'Mei', 'Kofi', 'Rosa', 'Imran', 'Sinéad', 'Paweł', 'Adaeze', 'Leon', 'Yasmin'],
]

export function inventStaff({ pack }: Setting, castAgencies: ReadonlyMap<number, string>): Staff {
  const kindOf = new Map(pack.agencies.map(a => [a.id, a.kind]))
  const teams: Team[] = pack.agencies
    .flatMap(agency =>
      (teamNames[agency.kind] ?? ['Front door (synthetic)']).map(name => ({ agency: agency.id, name })),
    )
    .map((team, n) => ({ ...team, id: invented('team', n + 1) }))
  const teamOf = (agency: string, n: number) => {
    const own = teams.filter(t => t.agency === agency)
    return own[n % own.length]?.id ?? null
  }
  const workers: Worker[] = cast.flatMap(c => {
    const agency = castAgencies.get(c.place)
    if (agency === undefined) return []
    return [
      worker(castUser(c.place), agency, kindOf.get(agency) ?? c.agencyKind, c.name, c.post, c.role, null),
    ]
  })
  // Two for every agency, the second a coordinator; the partnership triages with four; the rest go round.
  const wanted: { agency: string; kind: string; coordinator: boolean }[] = [
    ...pack.agencies.flatMap(({ id, kind }) => [
      { agency: id, kind, coordinator: false },
      { agency: id, kind, coordinator: true },
    ]),
    ...pack.agencies
      .filter(a => a.kind === 'partnership')
      .flatMap(({ id, kind }) => [
        { agency: id, kind, coordinator: true },
        { agency: id, kind, coordinator: true },
      ]),
  ]
  const busy = pack.agencies.filter(a => posts[a.kind])
  for (let n = 0; wanted.length + workers.length < WORKERS; n++) {
    const { id, kind } = busy[n % busy.length]!
    wanted.push({ agency: id, kind, coordinator: false })
  }
  for (const [n, { agency, kind, coordinator }] of wanted.entries()) {
    const name = `${givenNames[n % givenNames.length]} ${families[Math.floor(n / givenNames.length) % families.length]} (synthetic)`
    const own = posts[kind] ?? ['Safeguarding lead']
    const post = coordinator
      ? kind === 'partnership'
        ? 'Triage coordinator'
        : 'Coordinator'
      : own[n % own.length]!
    const role = coordinator ? 'coordinator' : 'practitioner'
    const state = states[wanted.length - 1 - n] ?? 'active'
    const made = worker(castUser(cast.length + 1 + n), agency, kind, name, post, role, teamOf(agency, n))
    workers.push({ ...made, state })
  }
  const keepers = (agency: string) =>
    workers.filter(
      w =>
        w.agency === agency &&
        w.state === 'active' &&
        (w.role === 'practitioner' || w.role === 'coordinator'),
    )
  const byAgency = new Map(pack.agencies.map(a => [a.id, keepers(a.id)]))
  return {
    workers,
    teams,
    keepers: agency => byAgency.get(agency) ?? [],
    coordinators: agency => keepers(agency).filter(w => w.role === 'coordinator'),
    castOf: post => workers.find(w => w.post === post && isCast(w)) ?? null,
  }
}

/** How much of its kind's work an agency does: most of it happens where the cast works. */
export const weightOf = (staff: Pick<Staff, 'keepers'>, agency: string): number =>
  staff.keepers(agency).some(isCast) ? 4 : 1

export const isCast = ({ id }: Pick<Worker, 'id'>): boolean => cast.some(c => castUser(c.place) === id)

const worker = (
  id: string,
  agency: string,
  agencyKind: string,
  name: string,
  post: string,
  role: MemberRole,
  team: string | null,
): Worker => ({
  id,
  agency,
  agencyKind,
  name,
  post,
  role,
  purpose: defaultPurpose('practitioner', agencyKind) ?? 'safeguarding',
  team,
  state: 'active',
})
