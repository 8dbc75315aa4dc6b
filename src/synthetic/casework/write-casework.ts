/** Puts the synthetic casework into the tables of the pages. Their constraints and triggers judge every row. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'
import type { Setting } from './setting.ts'
import { isCast } from './staff.ts'
import { writeActs } from './write-acts.ts'
import { writeBids } from './write-bids.ts'
import { writeConsequences } from './write-consequences.ts'
import { writeCustody } from './write-custody.ts'
import { writeEscalations } from './write-escalations.ts'
import { writeGroups } from './write-groups.ts'
import { writeMeetings } from './write-meetings.ts'
import { writeNotes } from './write-notes.ts'
import { writeNotices } from './write-notices.ts'
import { writePanelCases } from './write-panel-cases.ts'
import { writePeople } from './write-people.ts'
import { writePlacements } from './write-placements.ts'
import { writePlans } from './write-plans.ts'
import { writeReferrals } from './write-referrals.ts'
import { writeSharing } from './write-sharing.ts'

export async function writeCasework(
  tx: ProgramTransaction,
  setting: Setting,
  casework: Casework,
): Promise<void> {
  await writeStaff(tx, setting, casework)
  await writeAgreements(tx, setting, casework)
  await writePeople(tx, casework)
  await writeSharing(tx, casework)
  await writeReferrals(tx, setting, casework)
  // Before plans: a need is of the tier in which somebody stands when it is written down.
  await writePlacements(tx, setting, casework)
  await writeGroups(tx, setting, casework)
  await writePlans(tx, casework)
  await writeNotes(tx, casework)
  await writeMeetings(tx, casework)
  await writeEscalations(tx, casework)
  await writeConsequences(tx, setting, casework)
  await writeCustody(tx, casework)
  await writeBids(tx, casework)
  await writePanelCases(tx, casework)
  await writeNotices(tx)
  await writeActs(tx, setting, casework)
}

async function writeStaff(
  tx: ProgramTransaction,
  { pack, now }: Setting,
  { staff }: Casework,
): Promise<void> {
  // Numbers that Ofcom keeps for fiction.
  await tx.query(
    `update agencies a set contact = 'Duty desk (synthetic), 0121 496 0' || (100 + p.place)
     from unnest($1::text[]) with ordinality as p (id, place) where a.id = p.id and a.contact = ''`,
    [pack.agencies.map(a => a.id)],
  )
  await insertRows(tx, 'teams', 'id uuid, agency text, name text', staff.teams)
  const others = staff.workers.filter(w => !isCast(w))
  await insertRows(
    tx,
    'users',
    `id uuid, agency text, team uuid, name text, post text, email text, role text, state text,
     created_at timestamptz, ended_at timestamptz, synthetic boolean`,
    others.map(({ id, agency, team, name, post, role, state }, n) => ({
      id,
      agency,
      team,
      name,
      post,
      role,
      state,
      email: `worker-${n + 1}@concord.example`,
      created_at: now,
      ended_at: state === 'left' ? now : null,
      synthetic: true,
    })),
  )
}

async function writeAgreements(
  tx: ProgramTransaction,
  { now }: Setting,
  { agreements, staff }: Casework,
): Promise<void> {
  const officer = staff.castOf('Information governance officer')
  await insertRows(
    tx,
    'agreements',
    `id uuid, title text, purpose text, legal_basis text, owner text, starts_on date, ends_on date,
     ended_on date, ended_because text, created_by uuid, created_at timestamptz`,
    agreements.map(a => ({
      id: a.id,
      title: a.title,
      purpose: a.purpose,
      legal_basis: a.legalBasis,
      owner: a.owner,
      starts_on: a.startsOn,
      ends_on: a.endsOn,
      ended_on: a.endedOn,
      ended_because: a.endedBecause,
      created_by: officer?.id ?? null,
      created_at: now,
    })),
  )
  await insertRows(
    tx,
    'agreement_parties',
    'agreement uuid, agency text',
    agreements.flatMap(a => a.parties.map(agency => ({ agreement: a.id, agency }))),
  )
  await insertRows(
    tx,
    'agreement_fields',
    'agreement uuid, field text',
    agreements.flatMap(a => a.fields.map(field => ({ agreement: a.id, field }))),
  )
}
