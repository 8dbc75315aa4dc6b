-- People, and what each agency holds about them.
--
-- No central dossier: a person is a thin join between agencies' own records. An agency sees its own. What it gives to
-- another is a disclosure: a copy of the named fields, for a purpose, with an end. There is no column for a score,
-- a rank or a colour, and none may be added (R6).

create table persons (
  id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null
);

create table agency_records (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  agency text not null references agencies (id),
  -- The agency's own number for them.
  reference text,
  -- As people have them: one name, many, also known as. [{ "given": …, "family": …, "kind": "usual" | "former" | "alias" }]
  names jsonb not null check (jsonb_typeof(names) = 'array' and jsonb_array_length(names) > 0),
  birth_date date,
  -- How well it is known: the day, the month, the year, or an estimate from an age.
  birth_date_known text check (birth_date_known in ('day', 'month', 'year', 'estimated')),
  gender text,
  ethnicity_self text,
  address text,
  postcode text,
  phone text,
  school text,
  -- That it exists is withheld from other agencies as well.
  sensitive boolean not null default false,
  purpose text not null,
  legal_basis text not null,
  owner uuid not null references users (id),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Raised with every change: two editors at once are told.
  edition integer not null default 1,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  unique (id, person_id, agency),
  check ((birth_date is null) = (birth_date_known is null)),
  check (delete_on >= review_on)
);

create index agency_records_by_person on agency_records (person_id);

create index agency_records_by_agency on agency_records (agency);

-- A closed group for mediation, youth work or health notes. Its members are named one by one.
create table circles (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  kind text not null check (kind in ('mediation', 'youth-work', 'health', 'restricted-case')),
  agency text not null references agencies (id),
  owner uuid not null references users (id),
  created_at timestamptz not null,
  review_on date not null
);

create table circle_members (
  circle uuid not null references circles (id) on delete cascade,
  user_id uuid not null references users (id),
  added_by uuid not null references users (id),
  added_at timestamptz not null,
  primary key (circle, user_id)
);

-- R17: police cannot open a circle for mediation, youth work or health, whoever adds them.
create function refuse_police_in_circle() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select from circles c, users u join agencies a on a.id = u.agency
    where c.id = new.circle and c.kind <> 'restricted-case' and u.id = new.user_id and a.kind = 'police'
  ) then
    raise exception 'Police cannot be members of a circle for mediation, youth work or health notes.'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger no_police_in_closed_circles before insert or update on circle_members
  for each row execute function refuse_police_in_circle();

-- One statement about a person, from one source. Facts, what was reported, and assessments are told apart (R2).
create table entries (
  id uuid primary key default gen_random_uuid(),
  record_id uuid not null,
  person_id uuid not null references persons (id),
  agency text not null references agencies (id),
  nature text not null check (nature in ('fact', 'reported', 'assessment')),
  -- strength, safety, contact, event, concern, view (the person's own)
  kind text not null check (kind in ('strength', 'safety', 'contact', 'event', 'concern', 'view')),
  -- Role in an event, never a label of the person (R1): injured, suspected, convicted, witness, at-risk, professional.
  role_in_event text check (role_in_event in ('injured', 'suspected', 'convicted', 'witness', 'at-risk', 'professional')),
  occurred_on date not null,
  text text not null check (length(text) between 1 and 10000),
  source text not null,
  -- 3x5x2: how reliable the source is and how well the information is known; null where it was not graded.
  source_grade smallint check (source_grade between 1 and 3),
  information_grade text check (information_grade in ('A', 'B', 'C', 'D', 'E')),
  handling text not null default 'P' check (handling in ('P', 'C')),
  handling_conditions text,
  circle uuid references circles (id),
  author uuid not null references users (id),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  edition integer not null default 1,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  -- Set while its accuracy is disputed (R22): it vanishes from pages and lists at once.
  restricted_at timestamptz,
  -- In an agency's own record of the same person; a record that is joined to another person takes its entries along.
  foreign key (record_id, person_id, agency) references agency_records (id, person_id, agency)
    on update cascade on delete cascade,
  check (handling = 'P' or handling_conditions is not null),
  check ((role_in_event is null) or kind in ('event', 'concern'))
);

create index entries_by_person on entries (person_id, occurred_on);

create index entries_by_record on entries (record_id);

create index entries_by_circle on entries (circle) where circle is not null;

create index entries_restricted on entries (id) where restricted_at is not null;

-- One agency asks another what it knows, for a purpose.
create table sharing_requests (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  from_agency text not null references agencies (id),
  to_agency text not null references agencies (id),
  asked_by uuid not null references users (id),
  asked_at timestamptz not null,
  purpose text not null,
  question text not null,
  -- Why it is needed, and why no less would do.
  because text not null,
  answer text check (answer in ('disclosed', 'refused')),
  answered_by uuid references users (id),
  answered_at timestamptz,
  answer_because text,
  check (from_agency <> to_agency)
);

create index sharing_requests_to on sharing_requests (to_agency, asked_at) where answered_at is null;

-- What was given: a copy of the named fields as they stood, for one agency and one purpose, until an end.
create table disclosures (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  request uuid references sharing_requests (id),
  -- Under which it was given: when that ends, so does this.
  agreement uuid references agreements (id),
  from_agency text not null references agencies (id),
  to_agency text not null references agencies (id),
  kind text not null check (kind in ('answer', 'offered', 'emergency', 'threat-to-life')),
  purpose text not null,
  legal_basis text not null,
  fields text[] not null,
  content jsonb not null,
  -- Entries that the content was copied from: while one is restricted, the copy is as well (R22).
  entries uuid[] not null default '{}',
  because text not null check (length(trim(because)) > 0),
  -- Whether the person was told, or why not.
  person_told text not null,
  made_by uuid not null references users (id),
  made_at timestamptz not null,
  ends_on date not null,
  withdrawn_at timestamptz,
  -- An emergency share is looked at on the next working day (R15).
  review_on date,
  reviewed_by uuid references users (id),
  reviewed_at timestamptz,
  review_outcome text,
  check (from_agency <> to_agency),
  -- What was given is what was named: nothing travels beside the fields.
  check (cardinality(fields) > 0 and jsonb_typeof(content) = 'object' and content - fields = '{}'),
  check ((kind = 'answer') = (request is not null)),
  check ((kind in ('emergency', 'threat-to-life')) = (agreement is null)),
  check ((kind in ('emergency', 'threat-to-life')) = (review_on is not null)),
  check (reviewed_by is null or reviewed_by <> made_by)
);

create index disclosures_to on disclosures (to_agency, person_id);

create index disclosures_from on disclosures (from_agency, person_id);

-- Looking without a right, openly: for a stated reason, until a shown time, told to the owners, looked at after (R20).
create table break_glass (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  user_id uuid not null references users (id),
  reason text not null check (length(trim(reason)) >= 10),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  review_on date not null,
  reviewed_by uuid references users (id),
  reviewed_at timestamptz,
  review_outcome text,
  check (ends_at > starts_at),
  check (reviewed_by is null or reviewed_by <> user_id)
);

create index break_glass_by_user on break_glass (user_id, ends_at);

-- Two records that somebody decided are the same person, or are not: remembered, so that it is not asked again.
create table match_decisions (
  id uuid primary key default gen_random_uuid(),
  one_record uuid not null references agency_records (id) on delete cascade,
  other_record uuid not null references agency_records (id) on delete cascade,
  decision text not null check (decision in ('same', 'not-the-same', 'undone')),
  because text not null,
  decided_by uuid not null references users (id),
  decided_at timestamptz not null,
  check (one_record < other_record)
);

create index match_decisions_by_pair on match_decisions (one_record, other_record, decided_at);

-- Who may read about people at all, and only with a purpose. Everything below builds on this.
create function viewer_reads_people() returns boolean language sql stable
  return viewer_role() in ('practitioner', 'coordinator', 'commander')
    and viewer_agency() is not null and viewer_purpose() is not null;

-- Who may also write: a commander reads.
create function viewer_keeps_records() returns boolean language sql stable
  return viewer_reads_people() and viewer_role() in ('practitioner', 'coordinator');

-- The agency whose records the viewer reads, and the one whose suspended records they review; null where none is. A
-- policy compares with one of these instead of asking several things: each costs time in every query.
create function viewer_reading_agency() returns text language sql stable
  return case when viewer_reads_people() then viewer_agency() end;

create function viewer_reviewing_agency() returns text language sql stable
  return case when viewer_reads_people() and viewer_role() = 'coordinator' then viewer_agency() end;

-- These look behind the policies on purpose: a policy that asked through policies would ask itself.

-- Police of today, by the user's agency of today: moving to the police shuts the circles that somebody was in.
create function viewer_is_police() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from users u join agencies a on a.id = u.agency where u.id = viewer_user() and a.kind = 'police')
$$;

-- A circle that nobody has reviewed is shut until its owner does (R10).
create function viewer_circles() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.circle from circle_members m join circles c on c.id = m.circle
  where m.user_id = viewer_user() and c.review_on >= present_day()
    and (c.kind = 'restricted-case' or not viewer_is_police())
$$;

create function viewer_owned_circles() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from circles c
  where c.owner = viewer_user() and c.agency = viewer_agency() and (c.kind = 'restricted-case' or not viewer_is_police())
$$;

create function viewer_glass() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(person_id), '{}') from break_glass
  where viewer_reads_people() and user_id = viewer_user() and starts_at <= present() and ends_at > present()
$$;

-- A suspended record gives its agency no ground to ask, to be asked or to share.
create function viewer_holds(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from agency_records r
    where r.person_id = person and r.agency = viewer_agency() and r.suspended_on is null)
$$;

create function viewer_owns_record_of(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from agency_records r
    where r.person_id = person and r.agency = viewer_agency() and r.owner = viewer_user())
$$;

-- True where the viewer wrote a note in a circle about the person: they alone may release it (R17).
create function viewer_wrote_in_circle(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from entries e
    where e.person_id = person and e.author = viewer_user() and e.agency = viewer_agency() and e.circle is not null)
$$;

-- True where the pointer shows this agency to the viewer for this person.
create function viewer_is_pointed_to(person uuid, the_agency text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_reads_people() and viewer_holds(person) and exists (
    select from agency_records r
    where r.person_id = person and r.agency = the_agency and r.agency <> viewer_agency()
      and not r.sensitive and r.suspended_on is null
  ) and agreement_covers(viewer_agency(), the_agency, viewer_purpose(), array['known-to'])
$$;

-- A record may be written of somebody new, of whom one's own agency holds a record already, or whom another agency
-- has told of. Whoever merely learnt a number may not make their agency one that knows the person.
create function viewer_may_join(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from agency_records r where r.person_id = person and r.agency = viewer_agency())
    or not exists (select from agency_records r where r.person_id = person)
    or exists (
      select from disclosures d
      where d.person_id = person and d.to_agency = viewer_agency() and d.withdrawn_at is null
        and d.ends_on >= present_day())
$$;

create function restricted_entries() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from entries where restricted_at is not null
$$;

-- Functions about the viewer that every row asks stand in `(select …)`: they are then asked once a query.
-- A circle joins people of several agencies, and R13 still binds: whose notes the viewer reads is for agreements to say.
-- Asked for notes of circles alone, which are few, and so not as part of every query.
create function viewer_reads_note(the_circle uuid, the_agency text) returns boolean language plpgsql stable as $$
begin
  return viewer_reads_people() and the_circle in (select viewer_circles())
    and (the_agency = viewer_agency()
      or agreement_covers(the_agency, viewer_agency(), viewer_purpose(), array['circle-notes']));
end $$;

alter table agency_records enable row level security;

create policy read_records on agency_records for select to concord_member using (
  (suspended_on is null or agency = viewer_reviewing_agency())
  and (agency = (select viewer_reading_agency()) or person_id = any ((select viewer_glass())::uuid[]))
);

create policy write_records on agency_records for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and owner = viewer_user() and suspended_on is null
  and edition = 1 and viewer_may_join(person_id)
);

create policy change_records on agency_records for update to concord_member
  using ((select viewer_keeps_records()) and agency = (select viewer_agency()))
  with check (
    agency = (select viewer_agency()) and viewer_may_join(person_id)
    and owner in (select id from users where agency = (select viewer_agency()))
  );

-- Whether two records are the same person is for coordinators to decide. The program itself passes.
create function refuse_join_by_others() returns trigger language plpgsql as $$
begin
  if new.person_id <> old.person_id and current_user = 'concord_member' and viewer_role() <> 'coordinator' then
    raise exception 'Only a coordinator moves a record to another person.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger only_coordinators_join before update of person_id on agency_records
  for each row execute function refuse_join_by_others();

alter table entries enable row level security;

create policy read_entries on entries for select to concord_member using (
  restricted_at is null
  and (suspended_on is null or (agency = viewer_reviewing_agency() and circle is null))
  and case
    when circle is not null then viewer_reads_note(circle, agency)
    else agency = (select viewer_reading_agency()) or person_id = any ((select viewer_glass())::uuid[])
  end
);

create policy write_entries on entries for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and author = viewer_user()
  and restricted_at is null and suspended_on is null and edition = 1
  and (circle is null or circle in (select viewer_circles()))
);

create policy change_entries on entries for update to concord_member
  using ((select viewer_keeps_records()) and agency = (select viewer_agency())
    and (author = (select viewer_user()) or ((select viewer_role()) = 'coordinator' and circle is null)))
  with check (agency = (select viewer_agency()));

alter table persons enable row level security;

-- Plans are kept within a function of this language: the policies of two tables are not planned anew for every person.
create function viewer_sees_person(person uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from agency_records r where r.person_id = person)
    or exists (select from disclosures d where d.person_id = person);
end $$;

create policy read_persons on persons for select to concord_member using (viewer_sees_person(id));

create policy write_persons on persons for insert to concord_member with check (viewer_reads_people());

alter table circles enable row level security;

create policy read_circles on circles for select to concord_member using (
  (select viewer_reads_people())
  and (id in (select viewer_owned_circles()) or id in (select viewer_circles()))
);

create policy write_circles on circles for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and owner = viewer_user()
  and (kind = 'restricted-case' or not viewer_is_police())
  and review_on between present_day() and present_day() + 180
);

create policy review_circles on circles for update to concord_member
  using ((select viewer_keeps_records()) and id in (select viewer_owned_circles()))
  with check (review_on between present_day() and present_day() + 180);

alter table circle_members enable row level security;

create policy read_circle_members on circle_members for select to concord_member using (
  circle in (select id from circles)
);

create policy write_circle_members on circle_members for insert to concord_member with check (
  viewer_keeps_records() and added_by = viewer_user() and circle in (select viewer_owned_circles())
);

create policy remove_circle_members on circle_members for delete to concord_member using (
  (select viewer_reads_people()) and circle in (select viewer_owned_circles())
);

alter table sharing_requests enable row level security;

create policy read_requests on sharing_requests for select to concord_member using (
  (select viewer_reads_people()) and (from_agency = (select viewer_agency()) or to_agency = (select viewer_agency()))
);

-- Only about somebody whom one's own agency already knows, and only where the pointer shows the other: asking must be
-- no way to search (R18), and tells no agency of a person whom it does not know (R14).
create policy write_requests on sharing_requests for insert to concord_member with check (
  viewer_keeps_records() and from_agency = viewer_agency() and asked_by = viewer_user() and asked_at = present()
  and answer is null and answered_by is null and answered_at is null and answer_because is null
  and purpose = viewer_purpose() and viewer_is_pointed_to(person_id, to_agency)
);

alter table disclosures enable row level security;

create policy answer_requests on sharing_requests for update to concord_member
  using ((select viewer_keeps_records()) and to_agency = (select viewer_agency()) and answered_at is null)
  with check (
    to_agency = (select viewer_agency()) and answered_by = (select viewer_user()) and answered_at = (select present())
    and case answer
      when 'refused' then length(trim(answer_because)) > 0
      when 'disclosed' then exists (select from disclosures d where d.request = sharing_requests.id)
      else false
    end
  );

-- An emergency crosses purposes. What an author released from a circle stays theirs within their own agency.
create policy read_disclosures on disclosures for select to concord_member using (
  (select viewer_reads_people()) and not entries && (select restricted_entries())
  and (
    (from_agency = (select viewer_agency()) and (kind <> 'threat-to-life' or made_by = (select viewer_user())))
    or (to_agency = (select viewer_agency()) and withdrawn_at is null and ends_on >= (select present_day())
      and (kind in ('emergency', 'threat-to-life')
        or (purpose = (select viewer_purpose()) and agreement in (select viewer_agreements()))))
  )
);

-- R13 and R15: an agreement in force, or an emergency with its reason, an early end and a day of review. The next
-- working day is five days off at most (Christmas and Easter).
create policy write_disclosures on disclosures for insert to concord_member with check (
  viewer_reads_people() and from_agency = viewer_agency() and made_by = viewer_user() and made_at = present()
  and viewer_holds(person_id) and ends_on >= present_day() and withdrawn_at is null
  and reviewed_by is null and reviewed_at is null and review_outcome is null
  and case kind
    when 'answer' then viewer_keeps_records()
      and agreement_permits(agreement, from_agency, to_agency, purpose, fields)
      and exists (
        select from sharing_requests q
        where q.id = disclosures.request and q.person_id = disclosures.person_id and q.purpose = disclosures.purpose
          and q.from_agency = disclosures.to_agency and q.to_agency = disclosures.from_agency
          and q.answered_at is null)
    when 'offered' then viewer_keeps_records() and purpose = viewer_purpose()
      and agreement_permits(agreement, from_agency, to_agency, purpose, fields)
    else review_on between present_day() + 1 and present_day() + 5 and ends_on <= present_day() + 28
      and (kind = 'emergency' or viewer_wrote_in_circle(person_id))
  end
);

-- Taken back once, and never given again by changing it.
create policy withdraw_disclosures on disclosures for update to concord_member
  using ((select viewer_keeps_records()) and from_agency = (select viewer_agency()) and withdrawn_at is null)
  with check (from_agency = (select viewer_agency()) and withdrawn_at = (select present()));

alter table break_glass enable row level security;

-- Told to whom it concerns: who did it, the owners of records, the coordinators of their agencies, governance.
create policy read_break_glass on break_glass for select to concord_member using (
  (select viewer_role()) = 'information-governance-officer'
  or ((select viewer_reads_people()) and (
    user_id = (select viewer_user())
    or ((select viewer_role()) = 'coordinator' and viewer_holds(person_id))
    or viewer_owns_record_of(person_id)))
);

-- Reviewed within five working days, which are twelve days at most (Christmas).
create policy write_break_glass on break_glass for insert to concord_member with check (
  viewer_reads_people() and user_id = viewer_user() and starts_at = present()
  and ends_at <= present() + interval '4 hours' and review_on between present_day() and present_day() + 12
  and reviewed_by is null and reviewed_at is null and review_outcome is null
);

create policy review_break_glass on break_glass for update to concord_member
  using ((select viewer_role()) = 'information-governance-officer' and reviewed_at is null)
  with check (reviewed_by = (select viewer_user()) and reviewed_at = (select present())
    and length(trim(review_outcome)) > 0);

alter table match_decisions enable row level security;

create policy read_match_decisions on match_decisions for select to concord_member using (
  (select viewer_reads_people())
  and (one_record in (select id from agency_records) or other_record in (select id from agency_records))
);

grant select, insert on persons, agency_records, entries, sharing_requests, disclosures, break_glass, circles,
  match_decisions to concord_member;

grant select, insert, delete on circle_members to concord_member;

-- Column by column: whose record it is, of whom, from when, and in which circle are not for its editor to change.
grant update (person_id, reference, names, birth_date, birth_date_known, gender, ethnicity_self, address, postcode, phone,
  school, sensitive, owner, changed_at, edition, review_on, delete_on, suspended_on) on agency_records to concord_member;

grant update (nature, kind, role_in_event, occurred_on, text, source, source_grade, information_grade, handling,
  handling_conditions, changed_at, edition, review_on, delete_on, suspended_on) on entries to concord_member;

grant update (answer, answered_by, answered_at, answer_because) on sharing_requests to concord_member;

grant update (withdrawn_at) on disclosures to concord_member;

grant update (reviewed_by, reviewed_at, review_outcome) on break_glass to concord_member;

grant update (review_on) on circles to concord_member;

-- The pointer (L3): which other agencies hold a record of somebody whom one's own agency already knows, and whom
-- to ask. Nothing of what they hold; not where it is marked sensitive; not without an agreement that says so.
-- Every answer is in the audit, and nobody gets more than `existence_look_ups_an_hour()` people of them (R18).
create function existence_look_ups_an_hour() returns integer language sql immutable
  return 60;

create function existence_look_ups_left() returns integer
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select existence_look_ups_an_hour() - count(distinct person_id)::integer from audit
  where user_id = viewer_user() and event = 'known-to-looked-up' and at > present() - interval '1 hour'
$$;

create function known_to(person uuid) returns table (agency text, name text, contact text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not (viewer_reads_people() and viewer_holds(person)) then
    return;
  end if;
  if existence_look_ups_left() < 1 and not exists (
    select from audit where user_id = viewer_user() and person_id = person
      and event = 'known-to-looked-up' and at > present() - interval '1 hour') then
    raise exception 'More people were looked up than anybody may in an hour.' using errcode = 'insufficient_resources';
  end if;
  return query
    select distinct a.id, a.name, a.contact
    from agency_records r join agencies a on a.id = r.agency
    where r.person_id = person and viewer_is_pointed_to(person, r.agency)
    order by a.name;
  perform record_audit('known-to-looked-up', 'done', person, 'person', null, null);
end $$;

revoke execute on function known_to, existence_look_ups_left, viewer_is_police, viewer_circles, viewer_owned_circles,
  viewer_glass, viewer_holds, viewer_owns_record_of, viewer_wrote_in_circle, viewer_is_pointed_to,
  viewer_may_join, restricted_entries from public;

grant execute on function known_to, existence_look_ups_left, viewer_is_police, viewer_circles, viewer_owned_circles,
  viewer_glass, viewer_holds, viewer_owns_record_of, viewer_wrote_in_circle, viewer_is_pointed_to,
  viewer_may_join, restricted_entries to concord_member;
