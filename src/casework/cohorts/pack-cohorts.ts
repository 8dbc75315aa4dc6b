/** Schemes, tiers and cohorts: named by the area pack, kept in the database because people are placed in them. */
import type { AreaPack, DecidingRole } from '../../areas/area-pack.ts'
import type { Database, Queryable } from '../../platform/postgres.ts'

/**
 * Brings schemes, tiers and cohorts up to date with the pack, in one transaction. What the pack no longer names stays under
 * the name that it had, and is marked: nobody new is placed there, and whoever is there can still be read, moved and archived.
 */
export const syncCohorts = (database: Database, { tierSchemes, cohorts }: AreaPack): Promise<void> =>
  database.transaction(async tx => {
    await tx.query('update tier_schemes set in_pack = false where in_pack')
    await tx.query('update tiers set in_pack = false where in_pack')
    await tx.query('update cohorts set in_pack = false where in_pack')
    await tx.query(
      `insert into tier_schemes (id, name, from_day, source)
       select id, name, "from", source from jsonb_to_recordset($1) as s (id text, name text, "from" date, source text)
       on conflict (id) do update set name = excluded.name, from_day = excluded.from_day, source = excluded.source,
         in_pack = true`,
      [JSON.stringify(tierSchemes)],
    )
    await tx.query(
      `insert into tiers (scheme, id, name, purpose, rank, lead_agency, lead_rank, above_support, custody,
         first_contact_days, review_days, review_days_child, expected_activity, visit_every, may_place, may_move, may_archive)
       select scheme, id, name, purpose, rank, "leadAgency", "leadRank", "aboveSupport", coalesce(custody, false),
         "firstContactDays", "reviewDays", "reviewDaysChild", "expectedActivity", (visits ->> 'every')::smallint,
         "mayPlace", "mayMove", "mayArchive"
       from jsonb_to_recordset($1) as t (scheme text, id text, name text, purpose text, rank smallint, "leadAgency" text,
         "leadRank" text, "aboveSupport" boolean, custody boolean, "firstContactDays" smallint, "reviewDays" smallint,
         "reviewDaysChild" smallint, "expectedActivity" text, visits jsonb, "mayPlace" text[], "mayMove" text[],
         "mayArchive" text[])
       on conflict (scheme, id) do update set name = excluded.name, purpose = excluded.purpose, rank = excluded.rank,
         lead_agency = excluded.lead_agency, lead_rank = excluded.lead_rank, above_support = excluded.above_support,
         custody = excluded.custody, first_contact_days = excluded.first_contact_days,
         review_days = excluded.review_days, review_days_child = excluded.review_days_child,
         expected_activity = excluded.expected_activity, visit_every = excluded.visit_every,
         may_place = excluded.may_place, may_move = excluded.may_move, may_archive = excluded.may_archive, in_pack = true`,
      [JSON.stringify(tierSchemes.flatMap(s => s.tiers.map(tier => ({ ...tier, scheme: s.id }))))],
    )
    await tx.query(
      `insert into cohorts (id, name, scheme, lead_agency, purpose, source)
       select id, name, scheme, "leadAgency", purpose, source
       from jsonb_to_recordset($1) as c (id text, name text, scheme text, "leadAgency" text, purpose text, source text)
       on conflict (id) do update set name = excluded.name, scheme = excluded.scheme, lead_agency = excluded.lead_agency,
         purpose = excluded.purpose, source = excluded.source, in_pack = true`,
      [JSON.stringify(cohorts)],
    )
    // A cohort that the pack left out keeps its parties: somebody has to look after who is still in it.
    await tx.query('delete from cohort_parties where cohort in (select id from cohorts where in_pack)')
    await tx.query(
      `insert into cohort_parties (cohort, agency)
       select c.id, p.agency from jsonb_to_recordset($1) as c (id text, parties text[]), unnest(c.parties) as p (agency)`,
      [JSON.stringify(cohorts)],
    )
  })

export interface Tier {
  id: string
  name: string
  purpose: string
  rank: number
  leadAgency: string
  leadAgencyName: string
  leadRank: string
  aboveSupport: boolean
  custody: boolean
  firstContactDays: number
  reviewDays: number
  reviewDaysChild: number
  expectedActivity: string
  visitEvery: number | null
  mayPlace: DecidingRole[]
  mayMove: DecidingRole[]
  mayArchive: DecidingRole[]
  /** False where the pack has left it out since: nobody new is placed in it. */
  inPack: boolean
}

export interface Cohort {
  id: string
  name: string
  scheme: string
  schemeName: string
  leadAgency: string
  leadAgencyName: string
  purpose: string
  source: string
  inPack: boolean
  parties: { agency: string; name: string }[]
  /** In the order of the scheme, those that the pack has left out too. */
  tiers: Tier[]
}

/** Every cohort that there is or was, by name. */
export async function readCohorts(tx: Queryable): Promise<Cohort[]> {
  const cohorts = await tx.query<Omit<Cohort, 'tiers' | 'parties'>>(
    `select c.id, c.name, c.scheme, s.name as "schemeName", c.lead_agency as "leadAgency", a.name as "leadAgencyName",
       c.purpose, c.source, c.in_pack as "inPack"
     from cohorts c join tier_schemes s on s.id = c.scheme join agencies a on a.id = c.lead_agency order by c.name, c.id`,
  )
  const tiers = await tx.query<Tier & { scheme: string }>(
    `select t.scheme, t.id, t.name, t.purpose, t.rank, t.lead_agency as "leadAgency", a.name as "leadAgencyName",
       t.lead_rank as "leadRank", t.above_support as "aboveSupport", t.custody, t.first_contact_days as "firstContactDays",
       t.review_days as "reviewDays", t.review_days_child as "reviewDaysChild",
       t.expected_activity as "expectedActivity", t.visit_every as "visitEvery", t.may_place as "mayPlace",
       t.may_move as "mayMove", t.may_archive as "mayArchive", t.in_pack and s.in_pack as "inPack"
     from tiers t join tier_schemes s on s.id = t.scheme join agencies a on a.id = t.lead_agency
     order by t.scheme, t.rank, t.id`,
  )
  const parties = await tx.query<{ cohort: string; agency: string; name: string }>(
    'select p.cohort, p.agency, a.name from cohort_parties p join agencies a on a.id = p.agency order by a.name, a.id',
  )
  return cohorts.map(cohort => ({
    ...cohort,
    tiers: tiers.filter(t => t.scheme === cohort.scheme),
    parties: parties.filter(p => p.cohort === cohort.id),
  }))
}

export const readCohort = async (tx: Queryable, id: string): Promise<Cohort | null> =>
  (await readCohorts(tx)).find(c => c.id === id) ?? null
