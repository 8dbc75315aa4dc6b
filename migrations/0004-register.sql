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
create function refuse_police_in_circle() returns trigger language plpgsql as $$
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
  from_agency text not null references agencies (id),
  to_agency text not null references agencies (id),
  kind text not null check (kind in ('answer', 'offered', 'emergency', 'threat-to-life')),
  purpose text not null,
  legal_basis text not null,
  fields text[] not null,
  content jsonb not null,
  because text not null,
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
  check (kind not in ('emergency', 'threat-to-life') or review_on is not null)
);

create index disclosures_to on disclosures (to_agency, person_id);

create index disclosures_from on disclosures (from_agency, person_id);

-- Looking without a right, openly: for a stated reason, until a shown time, told to the owners, looked at after (R20).
create table break_glass (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  user_id uuid not null references users (id),
  reason text not null check (length(reason) >= 10),
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
create function viewer_reads_people() returns boolean language sql stable as $$
  select viewer_role() in ('practitioner', 'coordinator', 'commander')
    and viewer_agency() is not null and viewer_purpose() is not null
$$;

-- These look behind the policies on purpose: a policy that asked through policies would ask itself.
create function viewer_circles() returns setof uuid
language sql stable security definer set search_path = public as $$
  select m.circle from circle_members m
  join circles c on c.id = m.circle
  join users u on u.id = m.user_id
  join agencies a on a.id = u.agency
  where m.user_id = viewer_user() and (c.kind = 'restricted-case' or a.kind <> 'police')
$$;

create function viewer_broke_glass_on() returns setof uuid
language sql stable security definer set search_path = public as $$
  select person_id from break_glass
  where user_id = viewer_user() and starts_at <= present() and ends_at > present()
$$;

create function viewer_holds(person uuid) returns boolean
language sql stable security definer set search_path = public as $$
  select exists (
    select from agency_records r where r.person_id = person and r.agency = viewer_agency())
$$;

alter table agency_records enable row level security;

create policy read_records on agency_records for select to concord_member using (
  viewer_reads_people()
  and (suspended_on is null or (viewer_role() = 'coordinator' and agency = viewer_agency()))
  and (agency = viewer_agency() or person_id in (select viewer_broke_glass_on()))
);

create policy write_records on agency_records for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and owner = viewer_user()
);

create policy change_records on agency_records for update to concord_member
  using (viewer_reads_people() and agency = viewer_agency())
  with check (agency = viewer_agency());

alter table entries enable row level security;

create policy read_entries on entries for select to concord_member using (
  viewer_reads_people() and restricted_at is null
  and (suspended_on is null or (viewer_role() = 'coordinator' and agency = viewer_agency() and circle is null))
  and case
    when circle is not null then circle in (select viewer_circles())
    else agency = viewer_agency() or person_id in (select viewer_broke_glass_on())
  end
);

create policy write_entries on entries for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and author = viewer_user()
  and (circle is null or circle in (select viewer_circles()))
);

create policy change_entries on entries for update to concord_member
  using (viewer_reads_people() and agency = viewer_agency()
    and (author = viewer_user() or (viewer_role() = 'coordinator' and circle is null)))
  with check (agency = viewer_agency());

alter table persons enable row level security;

create policy read_persons on persons for select to concord_member using (
  viewer_reads_people() and (
    id in (select r.person_id from agency_records r)
    or id in (select d.person_id from disclosures d)
  )
);

create policy write_persons on persons for insert to concord_member with check (viewer_reads_people());

alter table circles enable row level security;

create policy read_circles on circles for select to concord_member using (
  owner = viewer_user() or id in (select viewer_circles())
);

create policy write_circles on circles for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and owner = viewer_user()
);

alter table circle_members enable row level security;

create policy read_circle_members on circle_members for select to concord_member using (
  circle in (select id from circles)
);

create policy write_circle_members on circle_members for insert to concord_member with check (
  added_by = viewer_user() and circle in (select id from circles where owner = viewer_user())
);

create policy remove_circle_members on circle_members for delete to concord_member using (
  circle in (select id from circles where owner = viewer_user())
);

alter table sharing_requests enable row level security;

create policy read_requests on sharing_requests for select to concord_member using (
  viewer_reads_people() and (from_agency = viewer_agency() or to_agency = viewer_agency())
);

-- Only about somebody whom one's own agency already knows: asking must not be a way to search (R18).
create policy write_requests on sharing_requests for insert to concord_member with check (
  viewer_reads_people() and from_agency = viewer_agency() and asked_by = viewer_user()
  and answered_at is null and purpose = viewer_purpose() and viewer_holds(person_id)
  and agreement_covers(from_agency, to_agency, purpose, array['known-to'])
);

create policy answer_requests on sharing_requests for update to concord_member
  using (viewer_reads_people() and to_agency = viewer_agency() and answered_at is null)
  with check (to_agency = viewer_agency() and answered_by = viewer_user());

alter table disclosures enable row level security;

create policy read_disclosures on disclosures for select to concord_member using (
  viewer_reads_people() and (
    from_agency = viewer_agency()
    or (to_agency = viewer_agency() and withdrawn_at is null and ends_on >= present_day()
      and (purpose = viewer_purpose() or kind in ('emergency', 'threat-to-life')))
  )
);

-- R13 and R15: an agreement in force, or an emergency with its reason.
create policy write_disclosures on disclosures for insert to concord_member with check (
  viewer_reads_people() and from_agency = viewer_agency() and made_by = viewer_user() and viewer_holds(person_id)
  and ends_on >= present_day() and withdrawn_at is null
  and (kind in ('emergency', 'threat-to-life') or agreement_covers(from_agency, to_agency, purpose, fields))
);

create policy withdraw_disclosures on disclosures for update to concord_member
  using (viewer_reads_people() and from_agency = viewer_agency())
  with check (from_agency = viewer_agency());

create policy governance_reviews_disclosures on disclosures for select to concord_member using (
  viewer_role() = 'information-governance-officer' and kind in ('emergency', 'threat-to-life')
);

alter table break_glass enable row level security;

create policy read_break_glass on break_glass for select to concord_member using (
  user_id = viewer_user() or viewer_role() = 'information-governance-officer'
  or (viewer_reads_people() and viewer_role() = 'coordinator' and viewer_holds(person_id))
);

create policy write_break_glass on break_glass for insert to concord_member with check (
  viewer_reads_people() and user_id = viewer_user() and starts_at = present() and reviewed_by is null
  and ends_at <= present() + interval '4 hours'
);

create policy review_break_glass on break_glass for update to concord_member
  using (viewer_role() = 'information-governance-officer' and reviewed_at is null)
  with check (reviewed_by = viewer_user());

alter table match_decisions enable row level security;

create policy read_match_decisions on match_decisions for select to concord_member using (
  viewer_reads_people() and (one_record in (select id from agency_records) or other_record in (select id from agency_records))
);

grant select, insert on persons, sharing_requests, disclosures, break_glass, circles, match_decisions to concord_member;

grant select, insert, delete on circle_members to concord_member;

grant select, insert, update on agency_records, entries to concord_member;

grant update (answer, answered_by, answered_at, answer_because) on sharing_requests to concord_member;

grant update (withdrawn_at) on disclosures to concord_member;

grant update (reviewed_by, reviewed_at, review_outcome) on break_glass to concord_member;

-- The pointer (L3): which other agencies hold a record of somebody whom one's own agency already knows, and whom
-- to ask. Nothing of what they hold; not where it is marked sensitive; not without an agreement that says so.
create function known_to(person uuid) returns table (agency text, name text, contact text)
language sql stable security definer set search_path = public as $$
  select distinct a.id, a.name, a.contact
  from agency_records r join agencies a on a.id = r.agency
  where r.person_id = person and viewer_reads_people() and viewer_holds(person)
    and r.agency <> viewer_agency() and not r.sensitive and r.suspended_on is null
    and agreement_covers(viewer_agency(), r.agency, viewer_purpose(), array['known-to'])
$$;

revoke execute on function known_to, viewer_circles, viewer_broke_glass_on, viewer_holds from public;

grant execute on function known_to, viewer_circles, viewer_broke_glass_on, viewer_holds to concord_member;
