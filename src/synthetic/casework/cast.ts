/**
 * The people of the synthetic partnership whom anybody may sign in as, each with their morning. Nobody is real: every
 * name says so, and every address is of a domain that cannot exist (RFC 2606).
 */
import type { MemberRole } from '../../governance/roles.ts'
import type { Database } from '../../platform/postgres.ts'

interface CastMember {
  /** Last part of their number, and of their place in the list. */
  place: number
  name: string
  post: string
  role: MemberRole
  /** Agency by its name in the area pack; where the pack has none such, the first of the kind. */
  agency: string
  agencyKind: string
  morning: string
}

const member = (
  place: number,
  name: string,
  post: string,
  role: MemberRole,
  agency: string,
  agencyKind: string,
  morning: string,
): CastMember => ({ place, name, post, role, agency, agencyKind, morning })

export const cast = [
  member(
    1,
    'Sam Example (synthetic)',
    'School link officer',
    'practitioner',
    'schools',
    'education',
    'Refers a child from a phone before the first lesson.',
  ),
  member(
    2,
    'Robin Example (synthetic)',
    'Triage coordinator',
    'coordinator',
    'violence-reduction-partnership',
    'partnership',
    'Works the queue of referrals at 8:40.',
  ),
  member(
    3,
    'Alex Example (synthetic)',
    'Neighbourhood police officer',
    'practitioner',
    'west-midlands-police',
    'police',
    'Reads what was asked of the police, and refers a young person found with a knife.',
  ),
  member(
    4,
    'Jo Example (synthetic)',
    'Youth worker',
    'practitioner',
    'st-giles-trust',
    'charity',
    'Looks up who is expected today, and notes a contact on the bus.',
  ),
  member(
    5,
    'Pat Example (synthetic)',
    'Social worker',
    'practitioner',
    'birmingham-childrens-trust',
    'children',
    'Asks the school what it knows, for an assessment that is due.',
  ),
  member(
    6,
    'Chris Example (synthetic)',
    'Navigator in the emergency department',
    'practitioner',
    'emergency-departments',
    'health',
    'Offers help to those who were hurt last night.',
  ),
  member(
    7,
    'Lee Example (synthetic)',
    'Probation officer',
    'practitioner',
    'probation',
    'probation',
    'Prepares for two releases, and answers a request.',
  ),
  member(
    8,
    'Morgan Example (synthetic)',
    'Chief inspector',
    'commander',
    'west-midlands-police',
    'police',
    'Sees what changed since last week before the tasking meeting.',
  ),
  member(
    9,
    'Ashley Example (synthetic)',
    'Board member',
    'board-member',
    'police-and-crime-commissioner',
    'commissioner',
    'Reads the figures for the board, with small numbers withheld.',
  ),
  member(
    10,
    'Kim Example (synthetic)',
    'Information governance officer',
    'information-governance-officer',
    'violence-reduction-partnership',
    'partnership',
    'Reads who looked at what, and which requests are due.',
  ),
  member(
    11,
    'Drew Example (synthetic)',
    'Analyst',
    'analyst',
    'violence-reduction-partnership',
    'partnership',
    'Loads a file and asks what has changed.',
  ),
  member(
    12,
    'Terry Example (synthetic)',
    'Administrator of accounts',
    'administrator',
    'violence-reduction-partnership',
    'partnership',
    'Adds a new colleague, and ends the account of one who left.',
  ),
] as const satisfies readonly CastMember[]

/** The same number on every machine, so that the synthetic records can name their authors. */
export const castUser = (place: number): string =>
  `5e7d0000-0000-4000-8000-${String(place).padStart(12, '0')}`

/** Puts the cast in; who is there already stays as they are. Who has no fitting agency in this area is left out. */
export async function settleCast(database: Database, now: Date): Promise<void> {
  await database.query(
    `with cast_list as (
       select c.*, (
         select a.id from agencies a where a.id = c.agency or a.kind = c."agencyKind"
         order by a.id = c.agency desc, a.id limit 1
       ) as settled
       from jsonb_to_recordset($1) as c (
         id uuid, place smallint, name text, post text, role text, agency text, "agencyKind" text, morning text, email text
       )
     ), added as (
       insert into users (id, agency, name, post, email, role, state, created_at, synthetic)
       select id, settled, name, post, email, role, 'active', $2, true from cast_list where settled is not null
       on conflict do nothing returning id
     )
     insert into demo_cast (user_id, place, morning)
     select c.id, c.place, c.morning from cast_list c join added using (id)`,
    [
      JSON.stringify(
        cast.map(c => ({ ...c, id: castUser(c.place), email: `cast-${c.place}@concord.example` })),
      ),
      now.toISOString(),
    ],
  )
}
