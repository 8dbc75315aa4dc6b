-- Notices: that something with a reference needs somebody. A reference, a kind and an address of ours: never a name, a date
-- of birth, an address, a tier or a word that somebody typed (R16). There is no column for any of these, and none may be
-- added.
--
-- Nobody names who is told. A notice follows from an act of this very transaction, and the database finds whom it
-- concerns: those whose agency may open what the notice leads to.

create table notice_mails (
  id uuid primary key default gen_random_uuid(),
  recipient uuid not null references users (id) on delete cascade,
  -- Sent through quiet hours as well.
  urgent boolean not null,
  -- waiting: for its next try; sending: a program has it; sent; refused: by the mail server, for good; given-up: the
  -- server did not take it for a day; uncertain: nobody knows whether it went, so it is not sent again.
  state text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'given-up', 'uncertain')),
  tries smallint not null default 0,
  next_try_at timestamptz not null,
  made_at timestamptz not null,
  tried_at timestamptz,
  sent_at timestamptz,
  -- Code of the mail server or of the network, such as 451 or ECONNREFUSED: never its words, which may quote addresses.
  fault text check (fault ~ '^[A-Z0-9]{1,20}$')
);

create index notice_mails_open on notice_mails (next_try_at) where state in ('waiting', 'sending');

create table notices (
  id uuid primary key default gen_random_uuid(),
  recipient uuid not null references users (id) on delete cascade,
  -- What it says is fixed by its kind (src/governance/notices/notice-kinds.ts).
  kind text not null check (kind in (
    'referral-arrived', 'urgent-referral-arrived', 'referral-challenged', 'referral-taken', 'referral-decided',
    'referral-withdrawn', 'referral-corrected', 'emergency-referral-to-review', 'information-asked-for',
    'request-answered', 'information-offered', 'shared-in-emergency', 'emergency-to-review', 'disclosure-withdrawn',
    'glass-broken', 'broken-glass-to-review', 'breach-reported', 'challenge-to-review', 'due-today', 'overdue')),
  subject_kind text not null check (subject_kind in ('referral', 'request', 'disclosure', 'broken-glass', 'breach', 'rights-case')),
  -- "R-2026-0123"; of what has no number of its own, the beginning of its key.
  reference text not null check (reference ~ '^([A-Z]{1,3}-[0-9]{4}-[0-9]{4,8}|[0-9A-F]{8})$'),
  link text not null check (link ~
    '^(/[a-z][a-z-]*){1,3}(/([A-Z]{1,3}-[0-9]{4}-[0-9]{4,8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$'),
  -- Of a reminder: the deadline that it is about.
  due_at timestamptz,
  created_at timestamptz not null,
  read_at timestamptz,
  mail uuid references notice_mails (id) on delete set null,
  delete_on date not null,
  check ((kind in ('due-today', 'overdue')) = (due_at is not null))
);

create index notices_by_recipient on notices (recipient, created_at);

create index notices_unread on notices (recipient) where read_at is null;

create index notices_unmailed on notices (recipient) where read_at is null and mail is null;

create index notices_by_mail on notices (mail) where mail is not null;

-- Nobody is reminded twice of one deadline.
create unique index notices_remind_once on notices (recipient, kind, reference, due_at) where due_at is not null;

-- How somebody wants e-mail. Who has no row has the defaults of the program.
create table notice_preferences (
  user_id uuid primary key references users (id) on delete cascade,
  mail_when text not null check (mail_when in ('daily', 'soon', 'urgent-only')),
  digest_hour smallint not null check (digest_hour between 0 and 23),
  -- Groups of kinds without e-mail; safeguarding is none of them.
  muted text[] not null default '{}'
);

-- The address under which somebody's calendar program fetches their deadlines. One for each person; its hash alone.
create table calendar_feeds (
  user_id uuid primary key references users (id) on delete cascade,
  token_hash text not null unique,
  made_at timestamptz not null,
  last_read_at timestamptz
);

alter table notices enable row level security;

create policy own_notices on notices for select to concord_member using (recipient = (select viewer_user()));

create policy read_own_notices on notices for update to concord_member using (recipient = (select viewer_user()));

grant select on notices to concord_member;

grant update (read_at) on notices to concord_member;

alter table notice_preferences enable row level security;

create policy own_preferences on notice_preferences for all to concord_member
  using (user_id = (select viewer_user())) with check (user_id = (select viewer_user()));

grant select, insert, update on notice_preferences to concord_member;

alter table calendar_feeds enable row level security;

create policy own_feed on calendar_feeds for all to concord_member
  using (user_id = (select viewer_user())) with check (user_id = (select viewer_user()));

grant select (user_id, made_at, last_read_at), insert (user_id, token_hash, made_at), delete
  on calendar_feeds to concord_member;

-- The program's own: whose mail it is and how it fared. Administrators see counts.
alter table notice_mails enable row level security;

create function mail_troubles() returns table (state text, fault text, mails bigint, since timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.state, m.fault, count(*), min(m.made_at) from notice_mails m
  where viewer_is_administrator() and (m.state in ('refused', 'given-up', 'uncertain') or (m.state = 'waiting' and m.tries > 0))
  group by m.state, m.fault order by m.state, m.fault
$$;

-- Addresses that the mail server refused, for the administrator to put right: numbers of accounts.
create function mail_refused_to() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct m.recipient from notice_mails m where viewer_is_administrator() and m.state = 'refused'
$$;

revoke execute on function mail_troubles, mail_refused_to from public;

grant execute on function mail_troubles, mail_refused_to to concord_member;

-- Below, the program's own functions: members may call none of them but send_notice.

create function active_users(the_agency text, roles text[]) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select u.id from users u where u.agency = the_agency and u.role = any (roles) and u.state = 'active'
$$;

create function active_officers() returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select u.id from users u where u.role = 'information-governance-officer' and u.state = 'active'
$$;

-- Who looks after a person for an agency: the owners of its records and its coordinators; where there is nobody, all who
-- work with people there, because what comes in must not lie unseen.
create function keepers_of(person uuid, the_agency text) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  with keepers as (
    select u from active_users(the_agency, '{coordinator}') u
    union
    select o.id from agency_records r join users o on o.id = r.owner
    where r.person_id = person and r.agency = the_agency and r.suspended_on is null
      and o.agency = the_agency and o.state = 'active' and o.role in ('practitioner', 'coordinator')
  )
  select u from keepers
  union
  select u from active_users(the_agency, '{practitioner,commander}') u where not exists (select from keepers)
$$;

-- Whoever asked or sent something; where they no longer work there, the coordinators of their agency.
create function asker_or_coordinators(asker uuid, the_agency text) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  with asking as (select id from users where id = asker and agency = the_agency and state = 'active')
  select id from asking
  union
  select u from active_users(the_agency, '{coordinator}') u where not exists (select from asking)
$$;

-- Coordinators who may look at a referral: not its author, and nobody who has decided on it (R21).
create function triage_of(the_referral uuid) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select u from referrals r cross join lateral active_users(r.to_agency, '{coordinator}') u
  where r.id = the_referral and u <> r.author and not exists (
    select from referral_actions a where a.referral = r.id and a.by_user = u and a.action in ('accept', 'decline'))
$$;

-- Found every minute, for reminders.
create index disclosures_to_review on disclosures (review_on) where review_on is not null and reviewed_at is null;

-- Whether the viewer has just done this to the referral, in this transaction.
create function viewer_just_did(the_referral uuid, the_action text[]) returns boolean language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from referral_actions a
    where a.referral = the_referral and a.action = any (the_action) and a.by_user = viewer_user() and a.at = present())
$$;

-- Who is told of what the viewer has just done, with what they are told. Each part insists on the act itself.
create function notices_of(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select t, 'referral', r.reference, '/triage/' || r.reference
  from referrals r cross join lateral triage_of(r.id) t
  where r.id = subject and (
    (the_kind in ('referral-arrived', 'urgent-referral-arrived') and viewer_just_did(r.id, '{send}'))
    or (the_kind = 'referral-challenged' and viewer_just_did(r.id, '{challenge}')))

  union all
  select t, 'referral', r.reference, '/referrals/' || r.reference
  from referrals r cross join lateral asker_or_coordinators(r.author, r.from_agency) t
  where r.id = subject and (
    (the_kind = 'referral-taken' and viewer_just_did(r.id, '{take}'))
    or (the_kind = 'referral-decided' and viewer_just_did(r.id, '{accept,decline}')))

  union all
  select taken.by_user, 'referral', r.reference, '/triage/' || r.reference
  from referrals r cross join lateral (
    select a.by_user from referral_actions a where a.referral = r.id and a.action = 'take' order by a.seq desc limit 1
  ) taken
  where r.id = subject and (
    (the_kind = 'referral-withdrawn' and viewer_just_did(r.id, '{withdraw}'))
    or (the_kind = 'referral-corrected' and viewer_just_did(r.id, '{correct}')))
    and taken.by_user in (select active_users(r.to_agency, '{coordinator}'))

  union all
  select t, 'referral', r.reference, '/referrals/emergencies'
  from referrals r cross join lateral active_officers() t
  where the_kind = 'emergency-referral-to-review' and r.id = subject and r.shared_under = 'emergency'
    and viewer_just_did(r.id, '{send}')

  union all
  select t, 'request', upper(left(q.id::text, 8)), '/sharing/requests/' || q.id
  from sharing_requests q cross join lateral keepers_of(q.person_id, q.to_agency) t
  where the_kind = 'information-asked-for' and q.id = subject and q.asked_by = viewer_user() and q.asked_at = present()

  union all
  select t, 'request', upper(left(q.id::text, 8)), '/sharing/requests/' || q.id
  from sharing_requests q cross join lateral asker_or_coordinators(q.asked_by, q.from_agency) t
  where the_kind = 'request-answered' and q.id = subject and q.answered_by = viewer_user() and q.answered_at = present()

  union all
  select t, 'disclosure', upper(left(d.id::text, 8)), '/sharing/disclosures/' || d.id
  from disclosures d cross join lateral keepers_of(d.person_id, d.to_agency) t
  where d.id = subject and d.made_by = viewer_user() and d.made_at = present() and (
    (the_kind = 'information-offered' and d.kind = 'offered')
    or (the_kind = 'shared-in-emergency' and d.kind in ('emergency', 'threat-to-life')))

  -- What was taken back cannot be opened any more: the notice leads to the list.
  union all
  select t, 'disclosure', upper(left(d.id::text, 8)), '/sharing'
  from disclosures d cross join lateral keepers_of(d.person_id, d.to_agency) t
  where the_kind = 'disclosure-withdrawn' and d.id = subject
    and d.from_agency = viewer_agency() and d.withdrawn_at = present()

  union all
  select t, 'disclosure', upper(left(d.id::text, 8)), '/sharing/reviews'
  from disclosures d cross join lateral active_officers() t
  where the_kind = 'emergency-to-review' and d.id = subject and d.kind in ('emergency', 'threat-to-life')
    and d.made_by = viewer_user() and d.made_at = present()

  union all
  select distinct t, 'broken-glass', upper(left(b.id::text, 8)), '/sharing'
  from break_glass b
  join agency_records r on r.person_id = b.person_id and r.suspended_on is null
  cross join lateral (
    select active_users(r.agency, '{coordinator}')
    union
    select o.id from users o where o.id = r.owner and o.agency = r.agency and o.state = 'active'
      and o.role in ('practitioner', 'coordinator', 'commander')
  ) told (t)
  where the_kind = 'glass-broken' and b.id = subject and b.user_id = viewer_user() and b.starts_at = present()

  union all
  select t, 'broken-glass', upper(left(b.id::text, 8)), '/sharing/reviews'
  from break_glass b cross join lateral active_officers() t
  where the_kind = 'broken-glass-to-review' and b.id = subject
    and b.user_id = viewer_user() and b.starts_at = present()

  union all
  select t, 'breach', b.reference, '/governance/breaches/' || b.reference
  from breaches b cross join lateral active_officers() t
  where the_kind = 'breach-reported' and b.id = subject
    and b.reported_by = viewer_user() and b.reported_at = present()

  union all
  select a.reviewer, 'rights-case', c.reference, '/governance/rights/' || c.reference
  from rights_cases c join rights_actions a on a.rights_case = c.id
  join users u on u.id = a.reviewer and u.state = 'active'
  where the_kind = 'challenge-to-review' and c.id = subject
    and a.by_user = viewer_user() and a.at = present()
$$;

-- Tells whom it concerns of what the viewer has just done, and gives their number. Nobody is told of their own act.
create function send_notice(the_kind text, subject uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  told integer;
begin
  insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
  select n.recipient, the_kind, n.subject_kind, n.reference, n.link, present(), present_day() + 90
  from notices_of(the_kind, subject) n
  where n.recipient <> viewer_user();
  get diagnostics told = row_count;
  return told;
end $$;

-- What somebody has to do by when. `due_at` is null where the program counts working days from `since`.
create function open_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t, case when r.challenged_at is null then 'referral' else 'challenge' end, 'referral', r.reference,
    '/triage/' || r.reference, coalesce(r.challenged_at, r.sent_at), case when r.challenged_at is null then r.due_at end,
    null::date
  from referrals r cross join lateral triage_of(r.id) t
  where r.to_agency in (select a.id from agencies a where a.kind = 'partnership')
    and r.state in ('sent', 'challenged', 'in-triage') and (r.state <> 'in-triage' or r.state_by = t)
    and r.suspended_on is null and r.restricted_at is null

  union all
  select t, 'request', 'request', upper(left(q.id::text, 8)), '/sharing/requests/' || q.id, q.asked_at, null, null
  from sharing_requests q cross join lateral keepers_of(q.person_id, q.to_agency) t
  where q.answered_at is null

  union all
  select t, 'emergency-review', 'disclosure', upper(left(d.id::text, 8)), '/sharing/reviews', d.made_at, null, d.review_on
  from disclosures d cross join lateral active_officers() t
  where d.review_on is not null and d.reviewed_at is null and d.made_by <> t

  union all
  select t, 'emergency-review', 'referral', r.reference, '/referrals/emergencies', e.at, null, e.review_on
  from referral_emergencies e join referrals r on r.id = e.referral cross join lateral active_officers() t
  where e.reviewed_at is null

  union all
  select t, 'broken-glass-review', 'broken-glass', upper(left(b.id::text, 8)), '/sharing/reviews', b.starts_at, null, b.review_on
  from break_glass b cross join lateral active_officers() t
  where b.reviewed_at is null and b.user_id <> t
$$;

revoke execute on function active_users, active_officers, keepers_of, asker_or_coordinators, triage_of, viewer_just_did,
  notices_of, send_notice, open_deadlines from public;

grant execute on function send_notice to concord_member;
