/**
 * Notices of what lately happened in the synthetic casework, as its acts would have sent them: the database finds whom
 * each concerns. What is older than a long weekend has been read.
 */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'

const READ_AFTER = '80 hours'
const KEPT_DAYS = 90

export const writeNotices = (tx: ProgramTransaction): Promise<unknown> =>
  tx.query(
    `insert into notices (recipient, kind, subject_kind, reference, link, created_at, read_at, delete_on)
     select n.recipient, n.kind, n.subject_kind, n.reference, n.link, n.at,
       case when n.at < present() - $1::interval then n.at + interval '2 hours' end, london_day(n.at) + $2::integer
     from (
       select t as recipient,
         case when r.urgency in ('immediate', 'today') then 'urgent-referral-arrived' else 'referral-arrived' end as kind,
         'referral' as subject_kind, r.reference, '/triage/' || r.reference as link, r.sent_at as at
       from referrals r cross join lateral triage_of(r.id) t where r.state = 'sent'
       union all
       select t, 'referral-challenged', 'referral', r.reference, '/triage/' || r.reference, r.challenged_at
       from referrals r cross join lateral triage_of(r.id) t where r.state = 'challenged'
       union all
       select r.author, 'referral-decided', 'referral', r.reference, '/referrals/' || r.reference, r.state_at
       from referrals r where r.state in ('accepted', 'declined') and r.state_at > present() - interval '14 days'
       union all
       select t, 'information-asked-for', 'request', upper(left(q.id::text, 8)), '/sharing/requests/' || q.id, q.asked_at
       from sharing_requests q cross join lateral keepers_of(q.person_id, q.to_agency) t where q.answered_at is null
       union all
       select q.asked_by, 'request-answered', 'request', upper(left(q.id::text, 8)), '/sharing/requests/' || q.id,
         q.answered_at
       from sharing_requests q where q.answered_at > present() - interval '14 days'
       union all
       select t, 'emergency-to-review', 'disclosure', upper(left(d.id::text, 8)), '/sharing/reviews', d.made_at
       from disclosures d cross join lateral active_officers() t
       where d.review_on is not null and d.reviewed_at is null
       union all
       select t, 'broken-glass-to-review', 'broken-glass', upper(left(b.id::text, 8)), '/sharing/reviews', b.starts_at
       from break_glass b cross join lateral active_officers() t where b.reviewed_at is null
     ) n`,
    [READ_AFTER, KEPT_DAYS],
  )
