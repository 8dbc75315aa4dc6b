-- Referrals: what somebody at work tells the partnership about a child, adult, family, group, place or school, and what
-- became of it.
--
-- What was sent never changes. Everything after it is a row of referral_actions, and the present state is folded from
-- them (src/casework/intake/referrals/referral.ts). There is no column for a score, a rank or a colour, nor for a count
-- of signs, and none may be added (R6).

-- Seen by their author alone, and by nobody else in the agency.
create table referral_drafts (
  id uuid primary key,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  answers jsonb not null default '{}' check (jsonb_typeof(answers) = 'object'),
  started_at timestamptz not null,
  changed_at timestamptz not null,
  delete_on date not null
);

create index referral_drafts_by_author on referral_drafts (author, changed_at);

create table referrals (
  -- The number of the draft that it was: sending the same form twice finds the first.
  id uuid primary key,
  reference text not null unique,
  from_agency text not null references agencies (id),
  to_agency text not null references agencies (id),
  author uuid not null references users (id),
  kind text not null check (kind in ('child', 'adult', 'family', 'group', 'place', 'school')),
  urgency text not null,
  -- As sent; corrections are actions.
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  purpose text not null,
  legal_basis text not null,
  -- R13: nothing crosses without an agreement; R15: but an emergency does, with one sentence, looked at the next working day.
  shared_under text not null check (shared_under in ('own-agency', 'agreement', 'emergency')),
  sent_at timestamptz not null,
  due_at timestamptz not null,
  -- Where the actions have led, for lists, which cannot fold every history: kept by a trigger, and by nobody else.
  state text not null default 'sent',
  state_by uuid not null references users (id),
  state_at timestamptz not null,
  -- When it was first decided, and last challenged.
  decided_at timestamptz,
  challenged_at timestamptz,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  -- Set while its accuracy is disputed (R22).
  restricted_at timestamptz,
  check (delete_on >= review_on)
);

-- Why a referral went without an agreement, and what came of looking at that on the next working day. Officers of
-- information governance read this and not the referral.
create table referral_emergencies (
  referral uuid primary key references referrals (id) on delete cascade deferrable initially deferred,
  from_agency text not null references agencies (id),
  to_agency text not null references agencies (id),
  author uuid not null references users (id),
  purpose text not null,
  because text not null,
  at timestamptz not null,
  review_on date not null,
  reviewed_by uuid references users (id),
  reviewed_at timestamptz,
  review_outcome text,
  check (num_nulls(reviewed_by, reviewed_at, review_outcome) in (0, 3))
);

create index referrals_to on referrals (to_agency, state, due_at);

create index referrals_decided on referrals (to_agency, state_at);

create index referrals_from on referrals (from_agency, sent_at);

create index referrals_by_author on referrals (author, sent_at);

-- What happened to a referral, in order. Two who act at once meet at the number: the second is told.
create table referral_actions (
  referral uuid not null references referrals (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  -- What the action led to, by the table of moves: for lists, which cannot fold every history.
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  -- Of the form that was sent: the same form twice is one action.
  request_key uuid not null unique,
  -- What both sides may read.
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (referral, seq)
);

create index referral_corrections on referral_actions (referral) where action = 'correct';

create function keep_referral_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.action not in ('correct', 'review') then
    update referrals set state = new.state_after, state_by = new.by_user, state_at = new.at,
      decided_at = case when new.action in ('accept', 'decline') then coalesce(decided_at, new.at) else decided_at end,
      challenged_at = case when new.action = 'challenge' then new.at else challenged_at end
    where id = new.referral;
  end if;
  return null;
end $$;

create trigger referral_state after insert on referral_actions for each row execute function keep_referral_state();

-- Why a coordinator decided as they did, for coordinators; the referrer reads what was written for them.
create table referral_reasons (
  referral uuid not null,
  seq integer not null,
  because text not null,
  primary key (referral, seq),
  foreign key (referral, seq) references referral_actions (referral, seq) on delete cascade
);

-- Names must not live on in the planner's statistics.
alter table referral_drafts alter column answers set statistics 0;

alter table referrals alter column answers set statistics 0;

alter table referral_actions alter column detail set statistics 0;

alter table referral_reasons alter column because set statistics 0;

alter table referral_emergencies alter column because set statistics 0, alter column review_outcome set statistics 0;

-- The last number of each kind and year: "R-2026-0001".
create table reference_numbers (
  kind text not null,
  year integer not null,
  last integer not null,
  primary key (kind, year)
);

create function next_reference(the_kind text) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  this_year integer := extract(year from present_day());
  number integer;
begin
  insert into reference_numbers (kind, year, last) values (the_kind, this_year, 1)
    on conflict (kind, year) do update set last = reference_numbers.last + 1
    returning last into number;
  return the_kind || '-' || this_year || '-' || lpad(number::text, greatest(4, length(number::text)), '0');
end $$;

alter table referral_drafts enable row level security;

create policy own_drafts on referral_drafts for all to concord_member
  using ((select viewer_reads_people()) and author = (select viewer_user()) and agency = (select viewer_agency()))
  with check ((select viewer_reads_people()) and author = (select viewer_user()) and agency = (select viewer_agency()));

alter table referrals enable row level security;

-- Who sent it, the coordinators of their agency, and the coordinators of the partnership that it went to.
create policy read_referrals on referrals for select to concord_member using (
  (select viewer_reads_people()) and restricted_at is null
  and (suspended_on is null or ((select viewer_role()) = 'coordinator' and to_agency = (select viewer_agency())))
  and (
    (from_agency = (select viewer_agency()) and (author = (select viewer_user()) or (select viewer_role()) = 'coordinator'))
    or (to_agency = (select viewer_agency()) and (select viewer_role()) = 'coordinator')
  )
);

create policy send_referrals on referrals for insert to concord_member with check (
  (select viewer_reads_people()) and from_agency = (select viewer_agency()) and author = (select viewer_user())
  and purpose = (select viewer_purpose()) and sent_at = present() and state = 'sent'
  and to_agency in (select a.id from agencies a where a.kind = 'partnership' and a.closed_on is null)
  and case shared_under
    when 'own-agency' then from_agency = to_agency
    when 'agreement' then agreement_covers(from_agency, to_agency, purpose, array['referral'])
    else exists (select from referral_emergencies e where e.referral = id and e.to_agency = referrals.to_agency)
  end
);

alter table referral_emergencies enable row level security;

-- Whoever reads the referral, said without it: the policy of referrals asks here.
create policy read_emergencies on referral_emergencies for select to concord_member using (
  (select viewer_role()) = 'information-governance-officer'
  or ((select viewer_reads_people()) and (author = (select viewer_user())
    or ((select viewer_role()) = 'coordinator' and (select viewer_agency()) in (from_agency, to_agency))))
);

create policy declare_emergency on referral_emergencies for insert to concord_member with check (
  (select viewer_reads_people()) and author = (select viewer_user()) and from_agency = (select viewer_agency())
  and purpose = (select viewer_purpose()) and at = present() and review_on > present_day() and reviewed_by is null
);

create policy review_emergency on referral_emergencies for update to concord_member
  using ((select viewer_role()) = 'information-governance-officer' and reviewed_at is null)
  with check (reviewed_by = (select viewer_user()) and reviewed_at = present());

alter table referral_actions enable row level security;

create policy read_referral_actions on referral_actions for select to concord_member using (
  exists (select from referrals r where r.id = referral)
);

-- Nobody triages what they sent themselves.
create policy act_on_referrals on referral_actions for insert to concord_member with check (
  by_user = (select viewer_user()) and by_agency = (select viewer_agency()) and at = present()
  and exists (
    select from referrals r
    where r.id = referral and case
      when action in ('send', 'withdraw', 'correct') then r.author = (select viewer_user())
      when action = 'challenge' then r.from_agency = (select viewer_agency())
      when action in ('take', 'accept', 'decline', 'review') then
        r.to_agency = (select viewer_agency()) and (select viewer_role()) = 'coordinator' and r.author <> (select viewer_user())
      else false
    end
  )
);

alter table referral_reasons enable row level security;

create policy read_referral_reasons on referral_reasons for select to concord_member using (
  (select viewer_role()) = 'coordinator'
  and exists (select from referrals r where r.id = referral and r.to_agency = (select viewer_agency()))
);

create policy write_referral_reasons on referral_reasons for insert to concord_member with check (
  (select viewer_role()) = 'coordinator' and exists (
    select from referral_actions a
    where a.referral = referral_reasons.referral and a.seq = referral_reasons.seq
      and a.by_user = (select viewer_user()) and a.at = present()
  )
);

grant select, insert, update, delete on referral_drafts to concord_member;

-- R10: whoever coordinates looks at it again, or it is hidden and then deleted.
create policy review_referrals on referrals for update to concord_member
  using ((select viewer_reads_people()) and (select viewer_role()) = 'coordinator' and to_agency = (select viewer_agency())
    and restricted_at is null)
  with check (suspended_on is null and review_on > present_day() and review_on <= present_day() + 180
    and review_on <= delete_on);

grant select, insert on referrals, referral_actions, referral_reasons, referral_emergencies to concord_member;

grant update (review_on, suspended_on) on referrals to concord_member;

grant update (reviewed_by, reviewed_at, review_outcome) on referral_emergencies to concord_member;

create index agency_records_by_birth_date on agency_records (birth_date) where birth_date is not null;

-- The pointer for triage (L3): which other agencies hold a record of somebody of this name, born on this day. Whom to
-- ask, nothing of what they hold, and not whether it is the same person. The name is the referrer's, never the
-- coordinator's own (R18): whoever sent a referral learns nothing by it. Every answer is in the audit, for at most
-- `existence_look_ups_an_hour()` referrals.
create function referral_look_ups_left(the_reference text) returns integer
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select existence_look_ups_an_hour() - count(distinct subject_id)::integer from audit
  where user_id = viewer_user() and event = 'known-to-looked-up' and subject_kind = 'referral'
    and subject_id <> the_reference and at > present() - interval '1 hour'
$$;

create function referral_known_to(the_referral uuid) returns table (agency text, name text, contact text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  asked referrals;
  known jsonb;
begin
  select * into asked from referrals r
  where r.id = the_referral and viewer_reads_people() and viewer_role() = 'coordinator'
    and r.to_agency = viewer_agency() and r.author <> viewer_user() and r.restricted_at is null;
  if asked.id is null then
    return;
  end if;
  if referral_look_ups_left(asked.reference) < 1 then
    raise exception 'More people were looked up than anybody may in an hour.' using errcode = 'insufficient_resources';
  end if;
  select asked.answers || coalesce(jsonb_object_agg(e.key, e.value order by c.seq), '{}') into known
  from referral_actions c, jsonb_each(c.detail -> 'answers') e
  where c.referral = asked.id and c.action = 'correct';
  return query
    select distinct a.id, a.name, a.contact
    from agency_records k join agencies a on a.id = k.agency
    where k.birth_date = (known ->> 'birthDate')::date
      and not k.sensitive and k.suspended_on is null and k.agency <> asked.from_agency
      and exists (
        select from jsonb_array_elements(k.names) n
        where lower(n ->> 'given') = lower(known ->> 'given') and lower(n ->> 'family') = lower(known ->> 'family')
      )
      and (k.agency = viewer_agency()
        or agreement_covers(viewer_agency(), k.agency, asked.purpose, array['known-to']))
    order by a.name;
  perform record_audit('known-to-looked-up', 'done', null, 'referral', asked.reference, null);
end $$;

revoke execute on function next_reference, referral_known_to, referral_look_ups_left from public;

grant execute on function next_reference, referral_known_to, referral_look_ups_left to concord_member;

-- Small concerns, noted in two minutes, for the agency that notes them. That another agency noted one about somebody of
-- the same name and birth is all that crosses, and only to coordinators of the partnership.
create table concerns (
  -- Of the form that was sent: the same form twice is one concern.
  id uuid primary key,
  reference text not null unique,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  given text not null,
  family text not null,
  birth_date date,
  noticed_on date not null,
  text text not null,
  purpose text not null,
  legal_basis text not null,
  noted_at timestamptz not null,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  restricted_at timestamptz,
  check (delete_on >= review_on)
);

create index concerns_by_agency on concerns (agency, noted_at);

create index concerns_by_birth_date on concerns (birth_date) where birth_date is not null;

alter table concerns
  alter column given set statistics 0, alter column family set statistics 0, alter column birth_date set statistics 0,
  alter column text set statistics 0;

alter table concerns enable row level security;

create policy read_concerns on concerns for select to concord_member using (
  (select viewer_reads_people()) and agency = (select viewer_agency()) and restricted_at is null
  and (suspended_on is null or (select viewer_role()) = 'coordinator')
);

create policy note_concerns on concerns for insert to concord_member with check (
  (select viewer_reads_people()) and agency = (select viewer_agency()) and author = (select viewer_user())
  and purpose = (select viewer_purpose()) and noted_at = present()
);

grant select, insert on concerns to concord_member;

-- Where more than one agency noted a concern about somebody of the same name, born on the same day, within 90 days:
-- which agencies, whom to ask, and their references. No name, no word of what was noted. The latest first, never by how
-- many there are (R6).
create function concern_patterns() returns table (noted_by jsonb, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with noted as (
    select c.*, a.name as agency_name, a.contact,
      lower(c.given) || ' ' || lower(c.family) || ' ' || c.birth_date as same
    from concerns c join agencies a on a.id = c.agency
    where c.birth_date is not null and c.restricted_at is null and c.suspended_on is null
      and c.noted_at > present() - interval '90 days'
      and viewer_reads_people() and viewer_role() = 'coordinator'
      and exists (select from agencies v where v.id = viewer_agency() and v.kind = 'partnership')
      and (c.agency = viewer_agency()
        or agreement_covers(viewer_agency(), c.agency, viewer_purpose(), array['known-to']))
  ), by_agency as (
    select same, agency_name, contact, jsonb_agg(reference order by reference) as refs, max(noted_at) as last_at
    from noted group by same, agency_name, contact
  )
  select
    jsonb_agg(
      jsonb_build_object('agency', agency_name, 'contact', contact, 'references', refs) order by agency_name),
    (max(last_at) at time zone 'Europe/London')::date
  from by_agency group by same having count(*) > 1
  order by max(last_at) desc
$$;

revoke execute on function concern_patterns from public;

grant execute on function concern_patterns to concord_member;

-- Help that was offered to somebody after an event of last night, straight from the list of the morning (D3).
create table help_offers (
  id uuid primary key default gen_random_uuid(),
  entry uuid not null references entries (id) on delete cascade,
  person_id uuid not null references persons (id),
  agency text not null references agencies (id),
  answer text not null check (answer in ('accepted', 'declined', 'not-reached')),
  -- Who takes it on, where it was accepted.
  taken_by text,
  offered_by uuid not null references users (id),
  offered_at timestamptz not null,
  -- Of the form that was sent: the same form twice is one offer.
  request_key uuid not null,
  purpose text not null,
  review_on date not null,
  delete_on date not null,
  unique (entry, request_key),
  check ((answer = 'accepted') = (taken_by is not null))
);

create index help_offers_by_entry on help_offers (entry, offered_at);

alter table help_offers alter column taken_by set statistics 0;

alter table help_offers enable row level security;

create policy read_offers on help_offers for select to concord_member using (
  (select viewer_reads_people()) and agency = (select viewer_agency())
);

create policy make_offers on help_offers for insert to concord_member with check (
  (select viewer_reads_people()) and agency = (select viewer_agency()) and offered_by = (select viewer_user())
  and offered_at = present() and purpose = (select viewer_purpose())
  and exists (
    select from entries e where e.id = entry and e.person_id = help_offers.person_id and e.agency = (select viewer_agency())
  )
);

grant select, insert on help_offers to concord_member;

-- Counts of referrals by who they were about (R24), and nothing of any one of them. Whoever shows them to people who may
-- not see records withholds the small ones. `timely`: whether the first decision came by its deadline.
create function referral_counts(from_day date, to_day date)
returns table (dimension text, value text, outcome text, timely text, referrals bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with corrected as (
    select c.referral, jsonb_object_agg(e.key, e.value order by c.seq) as answers
    from referral_actions c, jsonb_each(c.detail -> 'answers') e where c.action = 'correct' group by c.referral
  ), counted as (
    select r.kind, r.urgency, r.state, r.decided_at, r.due_at, (r.sent_at at time zone 'Europe/London')::date as sent_on,
      case when c.answers is null then r.answers else r.answers || c.answers end as known, latest.reason
    from referrals r
    left join corrected c on c.referral = r.id
    left join lateral (
      select a.detail -> 'decision' ->> 'reason' as reason from referral_actions a
      where a.referral = r.id and r.state = 'declined' and a.action = 'decline' order by a.seq desc limit 1
    ) latest on true
    where (select viewer_role()) is not null
      and (r.sent_at at time zone 'Europe/London')::date between from_day and to_day
  ), aged as (
    select c.*, coalesce(
      extract(year from age(sent_on, (known ->> 'birthDate')::date))::integer, (known ->> 'age')::integer
    ) as years from counted c
  )
  select d.dimension, d.value,
    case when state in ('accepted', 'declined', 'withdrawn') then state else 'open' end,
    case when decided_at <= due_at then 'in-time'
      when decided_at > due_at or (due_at < (select present()) and state <> 'withdrawn') then 'late'
      else 'not-due' end,
    count(*)
  from aged
  cross join lateral (values
    ('age', case when years is null then 'not-known' when years < 10 then 'under-10' when years < 14 then '10-13'
      when years < 16 then '14-15' when years < 18 then '16-17' when years < 25 then '18-24' else '25-and-over' end),
    ('gender', coalesce(known ->> 'gender', 'not-known')),
    ('ethnicity', coalesce(known ->> 'ethnicity', 'not-known')),
    ('disability', coalesce(known ->> 'disability', 'not-known')),
    ('care', coalesce(known ->> 'care', 'not-known')),
    ('urgency', urgency),
    ('kind', kind),
    ('reason', case when state = 'declined' then coalesce(reason, 'not-known') end)
  ) d (dimension, value)
  -- Who somebody is can be asked only of a person.
  where d.value is not null and (d.dimension in ('urgency', 'kind', 'reason') or kind in ('child', 'adult'))
  group by 1, 2, 3, 4
$$;

revoke execute on function referral_counts from public;

grant execute on function referral_counts to concord_member;
