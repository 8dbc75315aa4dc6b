/**
 * Every table that holds something about a person, and when each of its rows ends. The nightly job walks this list; a test
 * compares it with the database, so that no table can be added and forgotten.
 */
import type { RecordType } from './retention-rules.ts'

export interface PersonalTable {
  recordType: RecordType
  table: string
  /** Column of the person; rows of a person on hold stay. Null where a row is not about a person who is held yet. */
  person: string | null
  /** Column of the agency whose row it is, for the counts. */
  agency: string
  /** SQL of the day on which a row, `t`, is deleted. `$keep` stands for the days of the rule. */
  deleteOn: string
  /** Rows that nobody reviewed are hidden on this day; null where nothing is reviewed. */
  reviewOn: string | null
}

/** In the order in which they are deleted: what leans on others first. */
export const personalTables: readonly PersonalTable[] = [
  {
    // Of nobody but its recipient: it has a reference and no name.
    recordType: 'notice',
    table: 'notices',
    person: null,
    agency: '(select u.agency from users u where u.id = recipient)',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    recordType: 'help-offer',
    table: 'help_offers',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    recordType: 'meeting-entry',
    table: 'meeting_entries',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Of its recipient and of whoever gave it; why names stand in it was typed.
    recordType: 'meeting-copy',
    table: 'meeting_copies',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // It names nobody; what was typed ends all the same.
    recordType: 'escalation',
    table: 'escalations',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    recordType: 'agenda-item',
    table: 'agenda_items',
    person: 'person_id',
    agency: `coalesce(agency, (select t.definition ->> 'chair' from meetings m join meeting_types t on t.id = m.type where m.id = meeting))`,
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    recordType: 'consequence-entry',
    table: 'consequence_entries',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Its moves and actions go with it. It stays while anything is written in it that is held.
    recordType: 'consequence',
    table: 'consequences',
    person: null,
    agency: 'lead_agency',
    deleteOn: `case when not exists (
      select from consequence_entries e where e.consequence = t.id and e.delete_on > t.delete_on) then delete_on end`,
    reviewOn: `case when state <> 'closed' then review_on end`,
  },
  {
    // Its papers and moves go with it. Nothing is reviewed of what is over.
    recordType: 'panel-case',
    table: 'panel_cases',
    person: 'person_id',
    agency: 'from_agency',
    deleteOn: 'delete_on',
    reviewOn: `case when state in ('waiting', 'decided') then review_on end`,
  },
  {
    // About nobody; what is typed may name somebody all the same.
    recordType: 'bid',
    table: 'bids',
    person: null,
    agency: 'from_agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    recordType: 'placement-draft',
    table: 'placement_drafts',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Its moves, contacts and shares go with it, and every agency that was given it is told.
    recordType: 'placement',
    table: 'placements',
    person: 'person_id',
    agency: 'lead_agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'removal',
    table: 'removals',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    recordType: 'after-archive',
    table: 'after_archive',
    person: null,
    agency: '(select c.lead_agency from cohorts c where c.id = t.cohort)',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Before the statements that it rests on, which would take it along uncounted.
    recordType: 'group-link',
    table: 'group_links',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'entry',
    table: 'entries',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    // Its name is free text. It stays while anything is written in it.
    recordType: 'circle',
    table: 'circles',
    person: null,
    agency: 'agency',
    deleteOn: `case when not exists (select from entries e where e.circle = t.id) then london_day(t.created_at) + $keep end`,
    reviewOn: null,
  },
  {
    recordType: 'disclosure',
    table: 'disclosures',
    person: 'person_id',
    agency: 'from_agency',
    deleteOn: 'ends_on + $keep',
    reviewOn: null,
  },
  {
    recordType: 'sharing-request',
    table: 'sharing_requests',
    person: 'person_id',
    agency: 'from_agency',
    // What was given on it leans on it.
    deleteOn: `case when not exists (select from disclosures d where d.request = t.id)
      then (asked_at at time zone 'Europe/London')::date + $keep end`,
    reviewOn: null,
  },
  {
    recordType: 'break-glass',
    table: 'break_glass',
    person: 'person_id',
    agency: `(select u.agency from users u where u.id = user_id)`,
    deleteOn: `(starts_at at time zone 'Europe/London')::date + $keep`,
    reviewOn: null,
  },
  {
    recordType: 'referral-draft',
    table: 'referral_drafts',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Of the partner who was invited: their name and address. What they sent has its own end.
    recordType: 'invitation',
    table: 'referral_invitations',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // What was done to a referral, and why, goes with it.
    recordType: 'referral',
    table: 'referrals',
    person: null,
    agency: 'from_agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'concern',
    table: 'concerns',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    // What was done about an action, and who reads it, goes with it. Nothing is reviewed of what was closed.
    recordType: 'action',
    table: 'actions',
    person: 'person_id',
    agency: 'made_by_agency',
    deleteOn: 'delete_on',
    reviewOn: `case when state = 'open' then review_on end`,
  },
  {
    // Its statements, offers, members and actions go with it. Nothing is reviewed of what was closed.
    recordType: 'plan',
    table: 'plans',
    person: 'person_id',
    agency: 'lead_agency',
    deleteOn: 'delete_on',
    reviewOn: `case when state = 'open' then review_on end`,
  },
  {
    // Its moves and what there is to mind inside go with it. Nothing is reviewed once they are out.
    recordType: 'custody',
    table: 'custody_spells',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: `case when state = 'in' then review_on end`,
  },
  {
    recordType: 'arrangement',
    table: 'arrangements',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'case when ended_on is null then review_on end',
  },
  {
    // Plans about it go with it.
    recordType: 'place',
    table: 'places',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'line',
    table: 'lines',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'group-relation',
    table: 'group_relations',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Its moves, links and relations go with it, and plans and actions about it.
    recordType: 'group',
    table: 'groups',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'agency-record',
    table: 'agency_records',
    person: 'person_id',
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: 'review_on',
  },
  {
    recordType: 'access-pack',
    table: 'rights_packs',
    person: null,
    agency: 'agency',
    deleteOn: 'delete_on',
    reviewOn: null,
  },
  {
    // Not while it is open, nor while what it restricted still is: nobody could lift that any more.
    recordType: 'rights-case',
    table: 'rights_cases',
    person: null,
    agency: 'agency',
    deleteOn: `(select case when l.state_after = 'closed' and not exists (
        select from rights_restrictions x
        where x.rights_case = t.id and x.lifted_at is null and x.statement in (
          select id from entries union all select id from referrals union all select id from concerns
          union all select id from actions union all select id from meeting_entries
          union all select id from consequence_entries union all select id from panel_papers
          union all select id from custody_spells union all select id from custody_concerns
          union all select id from arrangements
          union all select id from group_links))
        then london_day(l.at) + $keep end
      from rights_actions l where l.rights_case = t.id order by l.seq desc limit 1)`,
    reviewOn: null,
  },
  {
    recordType: 'breach',
    table: 'breaches',
    person: null,
    agency: 'agency',
    deleteOn: `(select case when l.state_after = 'closed' then london_day(l.at) + $keep end
      from breach_actions l where l.breach = t.id order by l.seq desc limit 1)`,
    reviewOn: null,
  },
]

/**
 * Rows that end with an agency's record of the person: its copies at other agencies, and what was asked of it or by
 * it (R11, R12: removal reaches every copy). `r` is the record that goes.
 */
export const goesWithRecord: readonly { recordType: RecordType; table: string; when: string }[] = [
  {
    recordType: 'disclosure',
    table: 'disclosures',
    when: 't.person_id = r.person_id and (t.from_agency = r.agency or t.to_agency = r.agency)',
  },
  {
    recordType: 'sharing-request',
    table: 'sharing_requests',
    when: 't.person_id = r.person_id and (t.from_agency = r.agency or t.to_agency = r.agency)',
  },
  {
    recordType: 'plan',
    table: 'plans',
    when: 't.person_id = r.person_id and t.lead_agency = r.agency',
  },
  {
    recordType: 'action',
    table: 'actions',
    when: 't.person_id = r.person_id and t.made_by_agency = r.agency',
  },
  {
    recordType: 'panel-case',
    table: 'panel_cases',
    when: 't.person_id = r.person_id and t.from_agency = r.agency',
  },
  {
    recordType: 'consequence-entry',
    table: 'consequence_entries',
    when: 't.person_id = r.person_id and t.agency = r.agency',
  },
  {
    recordType: 'custody',
    table: 'custody_spells',
    when: 't.person_id = r.person_id and t.agency = r.agency',
  },
  {
    recordType: 'arrangement',
    table: 'arrangements',
    when: 't.person_id = r.person_id and t.agency = r.agency',
  },
  {
    recordType: 'group-link',
    table: 'group_links',
    when: 't.person_id = r.person_id and t.agency = r.agency',
  },
  {
    recordType: 'access-pack',
    table: 'rights_packs',
    when: 'r.person_id = any (t.subjects)',
  },
]
