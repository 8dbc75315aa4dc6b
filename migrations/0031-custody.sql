-- Who is in custody, what there is to mind inside, when they come out, and what of their plan goes through the gate with
-- them (E5); and which other arrangements work with somebody, so that nobody doubles a discussion (E6).
--
-- Three depths. Nobody who works with the person under no agreement: nothing. With an agreement in force that names
-- 'custody': that they are in custody, until when, and whom to ask. Of a kind of agency that the area pack names, and with
-- such an agreement: where, which wing, conflicts inside and visitors of concern too.

-- Kinds of agency that may know what there is to mind inside, as the area pack has them, from a day until a day.
create table custody_kinds (
  kind text not null,
  since date not null,
  -- The last day.
  until date,
  source text not null,
  primary key (kind, since),
  check (until >= since)
);

-- As the area pack has them. A kind that the pack no longer names stays readable under its name, and takes nobody new.
create table arrangement_kinds (
  id text primary key,
  name text not null,
  since date not null,
  until date,
  -- Kinds of agency that may know that somebody is in it; empty for whoever has an agreement.
  told_to text[] not null default '{}',
  source text not null,
  in_pack boolean not null default true
);

create table custody_spells (
  -- Of the form that was sent: the same form twice is one spell.
  id uuid primary key,
  reference text not null unique,
  person_id uuid not null references persons (id) on delete cascade,
  -- As whoever keeps it calls them.
  called text not null check (length(called) between 1 and 200),
  child boolean not null,
  agency text not null references agencies (id),
  since date not null,
  made_by uuid not null references users (id),
  made_at timestamptz not null,
  purpose text not null,
  legal_basis text not null,
  -- Below, kept by a trigger from the moves, and by nobody else.
  state text not null default 'in' check (state in ('in', 'released', 'withdrawn')),
  establishment text not null check (length(establishment) between 1 and 200),
  wing text not null default '',
  -- Null while nobody knows.
  release_on date,
  released_on date,
  owner uuid not null references users (id),
  changed_at timestamptz not null,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  -- Set while its accuracy is disputed (R22).
  restricted_at timestamptz,
  check ((state = 'released') = (released_on is not null)),
  check (delete_on >= review_on)
);

create unique index custody_once on custody_spells (person_id, agency) where state = 'in';

create index custody_by_person on custody_spells (person_id);

create index custody_by_agency on custody_spells (agency, state, release_on);

-- Every transfer and every other day of release stays to be read.
create table custody_moves (
  spell uuid not null references custody_spells (id) on delete cascade,
  seq integer not null check (seq > 0),
  move text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  -- Of a transfer and of the release: when it was. Of `set-release`: when it will be; null for "nobody knows any more".
  on_day date,
  to_user uuid references users (id),
  review_on date,
  -- { "establishment": …, "wing": …, "because": …, "note": … }
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (spell, seq),
  check ((move = 'hand-over') = (to_user is not null))
);

-- What there is to mind inside: a conflict with somebody, a visitor of concern. Fact, report or assessment (R2).
create table custody_concerns (
  id uuid primary key,
  spell uuid not null references custody_spells (id) on delete cascade,
  kind text not null check (kind in ('conflict', 'visitor')),
  nature text not null check (nature in ('fact', 'reported', 'assessment')),
  text text not null check (length(text) between 1 and 5000),
  source text not null check (length(source) between 1 and 300),
  on_day date not null,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references users (id),
  ended_because text,
  restricted_at timestamptz,
  check (num_nulls(ended_at, ended_by, ended_because) in (0, 3))
);

create index custody_concerns_by_spell on custody_concerns (spell, made_at);

-- What of a plan goes through the gate: needs and actions of it.
create table gate_marks (
  plan uuid not null references plans (id) on delete cascade,
  need uuid references plan_statements (id) on delete cascade,
  action uuid references actions (id) on delete cascade,
  marked_by uuid not null references users (id),
  marked_at timestamptz not null,
  check (num_nonnulls(need, action) = 1)
);

create unique index gate_marks_of_needs on gate_marks (need) where need is not null;

create unique index gate_marks_of_actions on gate_marks (action) where action is not null;

create index gate_marks_by_plan on gate_marks (plan);

-- Who else works with somebody. Of what is said there, there is nothing here.
create table arrangements (
  id uuid primary key,
  person_id uuid not null references persons (id) on delete cascade,
  kind text not null references arrangement_kinds (id),
  child boolean not null,
  -- Whose note it is.
  agency text not null references agencies (id),
  since date not null,
  lead_worker text not null check (length(lead_worker) between 1 and 200),
  contact text not null check (length(contact) between 1 and 200),
  told_by text not null check (length(told_by) between 1 and 200),
  author uuid not null references users (id),
  made_at timestamptz not null,
  changed_at timestamptz not null,
  -- Raised with every review: two at once are told.
  edition integer not null default 1,
  ended_on date,
  purpose text not null,
  legal_basis text not null,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  restricted_at timestamptz,
  check (delete_on >= review_on)
);

create unique index arrangements_once on arrangements (person_id, kind, agency) where ended_on is null;

create index arrangements_by_agency on arrangements (agency, review_on);

-- Names must not live on in the planner's statistics.
alter table custody_spells alter column called set statistics 0, alter column establishment set statistics 0,
  alter column wing set statistics 0;

alter table custody_moves alter column detail set statistics 0;

alter table custody_concerns alter column text set statistics 0, alter column source set statistics 0,
  alter column ended_because set statistics 0;

alter table arrangements alter column lead_worker set statistics 0, alter column contact set statistics 0,
  alter column told_by set statistics 0;

create function keep_custody_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  on_day date := london_day(new.at);
begin
  update custody_spells set
    state = new.state_after,
    establishment = coalesce(new.detail ->> 'establishment', establishment),
    wing = coalesce(new.detail ->> 'wing', wing),
    release_on = case when new.move = 'set-release' then new.on_day else release_on end,
    released_on = case when new.move = 'release' then new.on_day else released_on end,
    owner = coalesce(new.to_user, owner),
    changed_at = new.at,
    suspended_on = case when new.move = 'review' then null else suspended_on end,
    -- R12: half a year after they came out, a month after it was taken back. While they are inside, until it is to be
    -- looked at next.
    review_on = case new.move
      when 'release' then on_day + 180 when 'withdraw' then on_day + 28 else coalesce(new.review_on, review_on) end,
    delete_on = case new.move
      when 'release' then on_day + 180 when 'withdraw' then on_day + 28
      else greatest(delete_on, coalesce(new.review_on, review_on) + 30) end
  where id = new.spell and new.move <> 'enter';
  return null;
end $$;

create trigger custody_state after insert on custody_moves for each row execute function keep_custody_state();

-- What an agency keeps stays with the person whom its record is about: joined, or parted again.
create function take_custody_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update custody_spells set person_id = new.person_id where person_id = old.person_id and agency = new.agency;
    update arrangements set person_id = new.person_id where person_id = old.person_id and agency = new.agency;
  end if;
  return null;
end $$;

create trigger custody_follows_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_custody_along();

-- Behind the policies: they would ask themselves.

create function viewer_agency_kind() returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.kind from agencies a where a.id = viewer_agency()
$$;

-- Whether the viewer's agency may know what there is to mind inside.
create function viewer_knows_inside() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_reads_people() and exists (
    select from custody_kinds k
    where k.kind = viewer_agency_kind() and k.since <= present_day() and (k.until is null or k.until >= present_day()))
$$;

-- People whom the viewer works with though their agency holds no record of them: in a cohort, or on a plan.
create function viewer_reached_people() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.person_id from placements p
  where p.id in (select viewer_placements()) and p.state not in ('refused', 'withdrawn', 'archived', 'removed')
  union
  select p.person_id from plans p
  where p.id in (select viewer_plans()) and p.person_id is not null and p.state = 'open'
$$;

-- Whether an agency may say of a person anything that tells that it knows them: not where it withholds that it does.
create function tells_of(the_agency text, person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select not exists (
    select from agency_records r where r.person_id = person and r.agency = the_agency and r.sensitive)
$$;

-- Spells of custody that the viewer may know of.
create function viewer_known_custody() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id from custody_spells s
  where viewer_reads_people() and s.restricted_at is null
    and (s.suspended_on is null or (s.agency = viewer_agency() and viewer_role() = 'coordinator'))
    and (s.agency = viewer_agency()
      or (s.state <> 'withdrawn'
        and (s.agency, 'custody', viewer_purpose()) in (select g.agency, g.field, g.purpose from viewer_agreed() g)
        and tells_of(s.agency, s.person_id)
        and (viewer_holds(s.person_id) or s.person_id in (select viewer_reached_people()))))
$$;

-- Those that the viewer may open.
create function viewer_custody() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s from viewer_known_custody() s where viewer_knows_inside()
$$;

-- That somebody is in custody, until when, and whom to ask: for everybody who may know of it. `opens` says who may read more.
create function known_custody(person uuid) returns table (
  reference text, state text, release_on date, released_on date, agency text, agency_name text, contact text, opens boolean
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.reference, s.state, s.release_on, s.released_on, s.agency, a.name, a.contact, viewer_knows_inside()
  from custody_spells s join agencies a on a.id = s.agency
  where s.person_id = person and s.state <> 'withdrawn' and s.id in (select viewer_known_custody())
  order by s.since desc, s.reference
$$;

-- Plans about somebody of whose custody the viewer may know: what is marked there says that they are in custody.
create function viewer_gate_plans() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id from plans p
  where p.id in (select viewer_plans()) and p.person_id in (
    select s.person_id from custody_spells s where s.id in (select viewer_known_custody()) and s.state <> 'withdrawn')
$$;

create function viewer_arrangements() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id from arrangements r join arrangement_kinds k on k.id = r.kind
  where viewer_reads_people() and r.restricted_at is null
    and (r.suspended_on is null or (r.agency = viewer_agency() and viewer_role() = 'coordinator'))
    and (r.agency = viewer_agency()
      or ((k.told_to = '{}' or viewer_agency_kind() = any (k.told_to))
        and (r.agency, 'arrangement', viewer_purpose()) in (select g.agency, g.field, g.purpose from viewer_agreed() g)
        and tells_of(r.agency, r.person_id)
        and (viewer_holds(r.person_id) or r.person_id in (select viewer_reached_people()))))
$$;

grant select on custody_kinds, arrangement_kinds to concord_member;

alter table custody_spells enable row level security;

create policy read_custody on custody_spells for select to concord_member using (
  id in (select viewer_custody()) or (made_by = (select viewer_user()) and made_at = (select present()) and restricted_at is null)
);

create policy enter_custody on custody_spells for insert to concord_member with check (
  viewer_keeps_records() and viewer_knows_inside() and viewer_holds(person_id)
  and agency = viewer_agency() and owner = viewer_user() and made_by = viewer_user() and made_at = present()
  and purpose = viewer_purpose() and state = 'in' and suspended_on is null and restricted_at is null
  and since <= present_day() and review_on between present_day() + 1 and present_day() + 180
);

alter table custody_moves enable row level security;

create policy read_custody_moves on custody_moves for select to concord_member using (
  spell in (select id from custody_spells)
);

create policy move_custody on custody_moves for insert to concord_member with check (
  viewer_keeps_records() and viewer_knows_inside()
  and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and (review_on is null or review_on between present_day() + 1 and present_day() + 180)
  and exists (
    select from custody_spells s
    where s.id = spell and s.agency = viewer_agency() and case
      when move = 'enter' then s.made_by = viewer_user() and s.made_at = present() and seq = 1
      when s.state <> 'in' then false
      when move in ('transfer', 'release') then on_day between s.since and present_day()
      when move = 'set-release' then on_day is null or on_day >= present_day()
      when move = 'review' then true
      when move = 'hand-over' then (s.owner = viewer_user() or viewer_role() = 'coordinator')
        and to_user in (select u.id from users u where u.agency = s.agency and u.state = 'active')
      when move = 'withdraw' then s.owner = viewer_user() or viewer_role() = 'coordinator'
      else false
    end)
);

alter table custody_concerns enable row level security;

create policy read_custody_concerns on custody_concerns for select to concord_member using (
  spell in (select id from custody_spells) and restricted_at is null
);

create policy write_custody_concerns on custody_concerns for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and author = viewer_user() and made_at = present()
  and on_day <= present_day() and ended_at is null and restricted_at is null
  and spell in (select id from custody_spells where state = 'in')
);

-- By whoever wrote it, and by the agency that keeps the spell: it is over for both.
create policy end_custody_concerns on custody_concerns for update to concord_member
  using ((select viewer_keeps_records()) and restricted_at is null and ended_at is null
    and (agency = (select viewer_agency()) or spell in (select id from custody_spells where agency = (select viewer_agency())))
    and spell in (select id from custody_spells))
  with check (ended_by = (select viewer_user()) and ended_at = (select present()));

alter table gate_marks enable row level security;

create policy read_gate_marks on gate_marks for select to concord_member using (plan in (select viewer_gate_plans()));

create policy mark_for_gate on gate_marks for insert to concord_member with check (
  viewer_keeps_records() and marked_by = viewer_user() and marked_at = present()
  and plan in (select viewer_gate_plans()) and plan in (select id from plans where state = 'open')
  and (need is null or need in (select s.id from plan_statements s where s.plan = gate_marks.plan and s.kind = 'need'))
  and (action is null or action in (select a.id from actions a where a.plan = gate_marks.plan))
);

create policy unmark_for_gate on gate_marks for delete to concord_member using (
  (select viewer_keeps_records()) and plan in (select viewer_gate_plans())
  and plan in (select id from plans where state = 'open')
);

alter table arrangements enable row level security;

create policy read_arrangements on arrangements for select to concord_member using (
  id in (select viewer_arrangements()) or (author = (select viewer_user()) and made_at = (select present()) and restricted_at is null)
);

create policy note_arrangements on arrangements for insert to concord_member with check (
  viewer_keeps_records() and viewer_holds(person_id) and agency = viewer_agency() and author = viewer_user()
  and made_at = present() and purpose = viewer_purpose() and edition = 1 and since <= present_day()
  and ended_on is null and suspended_on is null and restricted_at is null
  and review_on between present_day() + 1 and present_day() + 180
  and kind in (
    select k.id from arrangement_kinds k
    where k.in_pack and k.since <= present_day() and (k.until is null or k.until >= present_day()))
);

create policy review_arrangements on arrangements for update to concord_member
  using ((select viewer_keeps_records()) and agency = (select viewer_agency()) and ended_on is null and restricted_at is null)
  with check (suspended_on is null and review_on <= (select present_day()) + 180
    and (ended_on is null or ended_on <= (select present_day())));

grant select, insert on custody_spells, custody_moves, custody_concerns, gate_marks, arrangements to concord_member;

grant update (ended_at, ended_by, ended_because) on custody_concerns to concord_member;

grant delete on gate_marks to concord_member;

grant update (lead_worker, contact, told_by, review_on, delete_on, suspended_on, ended_on, changed_at, edition)
  on arrangements to concord_member;

-- What has to be looked at again, and who comes out when.
create function custody_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t, d.what, 'custody', s.reference, '/custody/' || s.reference, s.changed_at, null::timestamptz, d.due_on
  from custody_spells s
  cross join lateral (values ('custody-review', s.review_on), ('custody-release', s.release_on)) d (what, due_on)
  cross join lateral doers_of(s.owner, s.agency) t
  where s.state = 'in' and s.suspended_on is null and s.restricted_at is null
    and d.due_on <= coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400)
  union all
  select t, 'arrangement-review', 'arrangement', upper(left(r.id::text, 8)), '/arrangements/' || r.id || '/review', r.changed_at,
    null::timestamptz, r.review_on
  from arrangements r cross join lateral doers_of(r.author, r.agency) t
  where r.ended_on is null and r.suspended_on is null and r.restricted_at is null
    and r.review_on <= coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400)
$$;

insert into notice_subjects values ('custody'), ('arrangement');

insert into notice_kinds (kind) values ('custody-due-today');

insert into deadline_sources values ('custody_deadlines');

-- What is held about somebody, what of it can be disputed, and who took part (0017).
create function held_in_custody(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'custody-' || s.id, 'custody', s.agency, s.made_at, jsonb_build_object(
    'on', s.since, 'purpose', s.purpose, 'legalBasis', s.legal_basis, 'by', u.post, 'deleteOn', s.delete_on,
    'suspended', s.suspended_on is not null, 'restricted', s.restricted_at is not null,
    'content', jsonb_build_object('called', s.called, 'where', s.establishment, 'wing', s.wing, 'release', s.release_on,
      'released', s.released_on, 'whatHappened', (
        select jsonb_agg(jsonb_build_array(m.move, london_day(m.at), m.on_day, m.detail) order by m.seq)
        from custody_moves m where m.spell = s.id)))
  from custody_spells s join users u on u.id = s.made_by where s.person_id = any (asked.subjects)
  union all
  select 'custody-concern-' || c.id, 'custody-concern', c.agency, c.made_at, jsonb_build_object(
    'on', c.on_day, 'purpose', s.purpose, 'legalBasis', s.legal_basis, 'by', u.post, 'deleteOn', s.delete_on,
    'restricted', c.restricted_at is not null, 'text', concat_ws(E'\n', c.text, c.source, c.ended_because))
  from custody_concerns c join custody_spells s on s.id = c.spell join users u on u.id = c.author
  where s.person_id = any (asked.subjects)
  union all
  select 'arrangement-' || r.id, 'arrangement', r.agency, r.made_at, jsonb_build_object(
    'on', r.since, 'purpose', r.purpose, 'legalBasis', r.legal_basis, 'by', u.post, 'deleteOn', r.delete_on,
    'suspended', r.suspended_on is not null, 'restricted', r.restricted_at is not null,
    'content', jsonb_build_object('what', k.name, 'leadWorker', r.lead_worker, 'contact', r.contact, 'toldBy', r.told_by,
      'ended', r.ended_on))
  from arrangements r join arrangement_kinds k on k.id = r.kind join users u on u.id = r.author
  where r.person_id = any (asked.subjects)
$$;

insert into held_sources values ('held_in_custody');

create function disputable_in_custody(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with asked as (
    select c.subjects from rights_cases c
    where c.id = the_case and rights_case_is_ready(c.id)
      and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
  )
  select s.id, 'custody', g.name, 'custody ' || s.reference, s.since, s.made_at, s.restricted_at
  from asked join custody_spells s on s.person_id = any (asked.subjects) join agencies g on g.id = s.agency
  union all
  select c.id, 'custody-concern', g.name, c.nature || ' in custody ' || s.reference, c.on_day, c.made_at, c.restricted_at
  from asked join custody_spells s on s.person_id = any (asked.subjects)
  join custody_concerns c on c.spell = s.id join agencies g on g.id = c.agency
  union all
  select r.id, 'arrangement', g.name, k.name, r.since, r.made_at, r.restricted_at
  from asked join arrangements r on r.person_id = any (asked.subjects)
  join arrangement_kinds k on k.id = r.kind join agencies g on g.id = r.agency
$$;

insert into disputable_kinds values
  ('custody', 'custody_spells', 'disputable_in_custody'), ('custody-concern', 'custody_concerns', 'disputable_in_custody'),
  ('arrangement', 'arrangements', 'disputable_in_custody');

create function took_part_in_custody(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.by_user from rights_cases c join custody_spells s on s.person_id = any (c.subjects)
  join custody_moves m on m.spell = s.id where c.id = the_case
  union
  select n.author from rights_cases c join custody_spells s on s.person_id = any (c.subjects)
  join custody_concerns n on n.spell = s.id where c.id = the_case
  union
  select r.author from rights_cases c join arrangements r on r.person_id = any (c.subjects) where c.id = the_case
$$;

insert into part_sources values ('took_part_in_custody');

-- Why somebody may see it or may not, for governance: agencies, people and kinds; not a word of what it says.
create function custody_access_facts(the_kind text, the_id uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with thing as (
    select s.person_id, jsonb_build_object('kind', 'custody', 'person', s.person_id, 'agency', s.agency, 'state', s.state,
      'suspendedOn', s.suspended_on, 'restrictedAt', s.restricted_at) as facts
    from custody_spells s where the_kind = 'custody' and s.id = the_id
    union all
    select r.person_id, jsonb_build_object('kind', 'arrangement', 'person', r.person_id, 'agency', r.agency,
      'toldTo', k.told_to, 'suspendedOn', r.suspended_on, 'restrictedAt', r.restricted_at)
    from arrangements r join arrangement_kinds k on k.id = r.kind where the_kind = 'arrangement' and r.id = the_id
  )
  select jsonb_build_object(
    'thing', t.facts,
    'insideKinds', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'since', k.since, 'until', k.until)), '[]')
      from custody_kinds k),
    'records', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', 'record', 'person', r.person_id, 'agency', r.agency,
        'sensitive', r.sensitive, 'suspendedOn', r.suspended_on, 'owner', r.owner)), '[]')
      from agency_records r where r.person_id = t.person_id),
    'placements', (
      select coalesce(jsonb_agg(f.facts -> 'thing' || jsonb_build_object('person', p.person_id)), '[]')
      from placements p cross join lateral (select placement_access_facts(p.id) as facts) f where p.person_id = t.person_id),
    'panels', (
      select coalesce(jsonb_agg(distinct s.seat), '[]')
      from placements p cross join lateral jsonb_array_elements(placement_access_facts(p.id) -> 'panels') s (seat)
      where p.person_id = t.person_id),
    'plans', (
      select coalesce(jsonb_agg(jsonb_build_object('person', p.person_id, 'lead', p.lead_agency, 'purpose', p.purpose,
        'state', p.state, 'suspendedOn', p.suspended_on, 'members', (
          select coalesce(jsonb_agg(jsonb_build_object('agency', m.agency, 'users', m.users)), '[]')
          from plan_members m where m.plan = p.id))), '[]')
      from plans p where p.person_id = t.person_id))
  from thing t where viewer_governs()
$$;

create function end_demonstration_of_custody() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from custody_spells where made_by in (select id from users where synthetic);
  delete from arrangements where author in (select id from users where synthetic);
  return null;
end $$;

-- Before the plans and the people of the demonstration, by the order of their names.
create trigger a_real_account_ends_custody after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_custody();

revoke execute on function keep_custody_state, take_custody_along, tells_of, viewer_agency_kind, viewer_knows_inside,
  viewer_reached_people, viewer_known_custody, viewer_custody, known_custody, viewer_gate_plans, viewer_arrangements,
  custody_deadlines, held_in_custody, disputable_in_custody, took_part_in_custody, custody_access_facts,
  end_demonstration_of_custody from public;

grant execute on function viewer_knows_inside, viewer_known_custody, viewer_custody, known_custody, viewer_gate_plans,
  viewer_arrangements, custody_access_facts to concord_member;
