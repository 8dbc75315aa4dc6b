-- Cases for a panel that decides out of court: the queue, what each member may read of a case, the decision with reasons and
-- dissent, its deadlines, and what came of it. The outcome is of one offence: there is no column for a score of anybody (R6).
-- What agencies write for the panel is heard as in a meeting (0022), under the field 'meeting' of an agreement in force.

create table panel_cases (
  -- Of the form: the same form twice is one case.
  id uuid primary key,
  reference text not null unique,
  -- The kind of meeting that decides.
  panel text not null references meeting_types (id),
  person_id uuid not null references persons (id),
  called text not null check (length(called) between 1 and 200),
  child boolean not null,
  -- Number of the crime, as the agency that refers has it: decided once.
  crime text not null check (length(crime) between 1 and 100),
  offence text not null check (length(offence) between 1 and 500),
  offence_on date not null,
  admitted text not null check (admitted in ('yes', 'no', 'not-asked')),
  from_agency text not null references agencies (id),
  referred_by uuid not null references users (id),
  referred_at timestamptz not null,
  -- Agencies that were brought to this one case by name, of kinds that never see a list (R14).
  brought text[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'decided', 'completed', 'returned', 'withdrawn')),
  assess_by date not null,
  decide_by date not null,
  outcome text,
  owner_agency text references agencies (id),
  complete_by date,
  purpose text not null,
  legal_basis text not null,
  review_days integer not null check (review_days between 1 and 180),
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  restricted_at timestamptz,
  check (delete_on >= review_on),
  check ((state in ('waiting', 'withdrawn')) <= (outcome is null))
);

-- Once for a crime and a person, unless it was withdrawn.
create unique index panel_cases_once on panel_cases (from_agency, person_id, lower(crime)) where state <> 'withdrawn';

create index panel_cases_by_panel on panel_cases (panel, state, decide_by);

create index panel_cases_by_person on panel_cases (person_id);

create table panel_papers (
  id uuid primary key,
  panel_case uuid not null references panel_cases (id) on delete cascade,
  -- src/casework/tasking/panels/panel-case.ts
  kind text not null check (kind in
    ('assessment', 'own-view', 'victim-view', 'safeguarding', 'education', 'health', 'history')),
  text text not null check (length(text) between 1 and 5000),
  agency text not null references agencies (id),
  author uuid not null references users (id),
  made_at timestamptz not null,
  purpose text not null,
  restricted_at timestamptz
);

create index panel_papers_by_case on panel_papers (panel_case, made_at);

create table panel_case_moves (
  panel_case uuid not null references panel_cases (id) on delete cascade,
  seq integer not null check (seq > 0),
  move text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  outcome text,
  to_agency text references agencies (id),
  -- Of `decide`: by when it is completed. Of `defer`: until when it waits.
  due_on date,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (panel_case, seq),
  check (case move
    when 'decide' then state_after = 'decided'
    when 'complete' then state_after = 'completed'
    when 'return' then state_after = 'returned'
    when 'withdraw' then state_after = 'withdrawn'
    else state_after = 'waiting'
  end),
  check ((move = 'decide') = (outcome is not null)),
  check ((move in ('decide', 'bring')) = (to_agency is not null)),
  check ((move in ('decide', 'defer')) = (due_on is not null))
);

alter table panel_cases alter column called set statistics 0, alter column offence set statistics 0,
  alter column crime set statistics 0;

alter table panel_papers alter column text set statistics 0;

alter table panel_case_moves alter column detail set statistics 0;

create function keep_panel_case() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := (new.at at time zone 'Europe/London')::date;
begin
  update panel_cases c set
    state = new.state_after,
    outcome = coalesce(new.outcome, c.outcome),
    owner_agency = case when new.move = 'decide' then new.to_agency else c.owner_agency end,
    complete_by = case when new.move = 'decide' then new.due_on else c.complete_by end,
    decide_by = case when new.move = 'defer' then new.due_on else c.decide_by end,
    brought = case when new.move = 'bring' and new.to_agency <> all (c.brought) then c.brought || new.to_agency else c.brought end,
    suspended_on = null,
    -- R12: over, it is kept a year at most.
    delete_on = d.delete_on,
    review_on = least(d.delete_on, greatest(today + c.review_days, new.due_on + 1))
  from (
    select case when new.state_after in ('completed', 'returned', 'withdrawn') then least(delete_on, today + 365) else delete_on end
      as delete_on from panel_cases where id = new.panel_case
  ) d
  where c.id = new.panel_case and new.move <> 'refer';
  return null;
end $$;

create trigger panel_case_state after insert on panel_case_moves for each row execute function keep_panel_case();

create function take_panel_cases_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update panel_cases set person_id = new.person_id where person_id = old.person_id and from_agency = new.agency;
  end if;
  return null;
end $$;

create trigger panel_cases_follow_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_panel_cases_along();

-- Kinds of panel in which the viewer has a seat, for the agency for which they work. A school or a landlord sees no queue
-- for it: they are brought to one case by name (R14).
create function viewer_case_panels() returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.type from meeting_seats s join agencies a on a.id = s.agency
  where s.user_id = viewer_user() and s.agency = viewer_agency() and s.until is null and viewer_reads_people()
    and a.kind <> all (kinds_without_lists())
$$;

-- Of others: from the queue of one's panel, brought to it by name, or in charge of what was decided.
create function viewer_panel_cases() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from panel_cases c
  where viewer_reads_people() and c.suspended_on is null and c.restricted_at is null and c.purpose = viewer_purpose()
    and (c.panel in (select viewer_case_panels()) or viewer_agency() = any (c.brought) or c.owner_agency = viewer_agency())
    and (c.from_agency, 'meeting', c.purpose) in (select g.agency, g.field, g.purpose from viewer_agreed() g)
$$;

revoke execute on function keep_panel_case, take_panel_cases_along, viewer_case_panels, viewer_panel_cases from public;

grant execute on function viewer_case_panels, viewer_panel_cases to concord_member;

alter table panel_cases enable row level security;

create policy read_panel_cases on panel_cases for select to concord_member using (
  (from_agency = (select viewer_reading_agency()) and restricted_at is null
    and (suspended_on is null or (select viewer_role()) = 'coordinator'))
  or id in (select viewer_panel_cases())
);

create policy refer_panel_cases on panel_cases for insert to concord_member with check (
  viewer_keeps_records() and from_agency = viewer_agency() and referred_by = viewer_user() and referred_at = present()
  and purpose = viewer_purpose() and state = 'waiting' and brought = '{}' and outcome is null and owner_agency is null
  and complete_by is null and suspended_on is null and restricted_at is null and viewer_holds(person_id)
  and offence_on <= present_day() and review_on between present_day() + 1 and present_day() + 180
  and exists (select from meeting_types t where t.id = panel and t.in_pack and t.definition -> 'members' ? viewer_agency()
    and t.definition -> 'sees' ? 'panel-case' and t.definition ->> 'purpose' = viewer_purpose())
);

alter table panel_papers enable row level security;

create policy read_panel_papers on panel_papers for select to concord_member using (
  panel_case in (select id from panel_cases) and restricted_at is null
  and viewer_hears(agency, purpose, null, (select viewer_meeting_reach()))
  -- R17: health notes are not for police.
  and (kind <> 'health' or not (select viewer_is_police()))
);

create policy write_panel_papers on panel_papers for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and author = viewer_user() and made_at = present()
  and purpose = viewer_purpose() and restricted_at is null
  and panel_case in (select id from panel_cases c where c.state = 'waiting' and c.purpose = viewer_purpose())
);

alter table panel_case_moves enable row level security;

create policy read_panel_case_moves on panel_case_moves for select to concord_member using (
  panel_case in (select id from panel_cases)
);

create policy move_panel_cases on panel_case_moves for insert to concord_member with check (
  viewer_reads_people() and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and (due_on is null or due_on between present_day() and present_day() + 180)
  and exists (
    select from panel_cases c
    where c.id = panel_case and case
      when move = 'refer' then c.referred_by = viewer_user() and c.referred_at = present() and seq = 1
      -- Whoever referred it does not decide it. What is decided is not decided again.
      when move = 'decide' then c.state = 'waiting' and viewer_chairs(c.panel) and c.referred_by <> viewer_user()
        and c.purpose = viewer_purpose()
      when move in ('defer', 'bring') then c.state = 'waiting' and viewer_chairs(c.panel)
        and (move = 'defer' or agreement_covers(c.from_agency, to_agency, c.purpose, array['meeting']))
      when move = 'withdraw' then c.state = 'waiting' and c.from_agency = viewer_agency()
        and (c.referred_by = viewer_user() or viewer_role() = 'coordinator')
      when move in ('complete', 'return') then c.state = 'decided' and viewer_agency() in (c.owner_agency, c.from_agency)
      else false
    end)
);

grant select, insert on panel_cases, panel_papers, panel_case_moves to concord_member;

create function notices_of_panel_cases(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select distinct t.told, 'panel-case', c.reference, '/panel-cases/' || c.reference
  from panel_cases c join panel_case_moves v on v.panel_case = c.id and v.by_user = viewer_user() and v.at = present()
  cross join lateral asker_or_coordinators(c.referred_by, c.from_agency) t (told)
  where c.id = subject and the_kind = 'panel-case-decided' and v.move in ('decide', 'defer', 'complete', 'return')
$$;

insert into notice_subjects values ('panel-case');

insert into notice_kinds (kind, found_by) values ('panel-case-decided', 'notices_of_panel_cases');

-- Of whoever chairs: decide it. Of the agency in charge: see that it is completed.
create function panel_case_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select s.user_id, 'panel-decision', 'panel-case', c.reference, '/panel-cases/' || c.reference, c.referred_at,
    null::timestamptz, c.decide_by
  from panel_cases c join meeting_seats s on s.type = c.panel and s.part = 'chair' and s.until is null
  where c.state = 'waiting' and c.suspended_on is null and c.restricted_at is null
    and c.decide_by <= coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400)
  union all
  select t, 'panel-completion', 'panel-case', c.reference, '/panel-cases/' || c.reference, c.referred_at, null, c.complete_by
  from panel_cases c cross join lateral doers_of(null, c.owner_agency) t
  where c.state = 'decided' and c.suspended_on is null and c.restricted_at is null
    and c.complete_by <= coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400)
$$;

insert into deadline_sources values ('panel_case_deadlines');

create function held_in_panel_cases(asked rights_cases)
returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'panel-case-' || c.id, 'panel-case', c.from_agency, c.referred_at, jsonb_build_object(
    'on', london_day(c.referred_at), 'purpose', c.purpose, 'legalBasis', c.legal_basis, 'by', u.post, 'deleteOn', c.delete_on,
    'restricted', c.restricted_at is not null, 'suspended', c.suspended_on is not null,
    'content', jsonb_build_object('offence', c.offence, 'on', c.offence_on, 'state', c.state, 'outcome', c.outcome,
      'whatWasDecided', (select jsonb_agg(jsonb_build_array(m.move, london_day(m.at), m.detail) order by m.seq)
        from panel_case_moves m where m.panel_case = c.id and m.detail <> '{}')))
  from panel_cases c join users u on u.id = c.referred_by where c.person_id = any (asked.subjects)
  union all
  select 'panel-paper-' || p.id, 'panel-paper', p.agency, p.made_at, jsonb_build_object(
    'on', london_day(p.made_at), 'purpose', p.purpose, 'by', u.post, 'deleteOn', c.delete_on,
    'restricted', p.restricted_at is not null,
    'text', case when p.kind = 'health' and viewer_is_police() then null else p.kind || ': ' || p.text end)
  from panel_papers p join panel_cases c on c.id = p.panel_case join users u on u.id = p.author
  where c.person_id = any (asked.subjects)
$$;

insert into held_sources values ('held_in_panel_cases');

create function disputable_panel_cases(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with about as (
    select p.* from rights_cases c join panel_cases p on p.person_id = any (c.subjects)
    where c.id = the_case and rights_case_is_ready(c.id)
      and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
  )
  select p.id, 'panel-case', g.name, 'panel case ' || p.reference, london_day(p.referred_at), p.referred_at, p.restricted_at
  from about p join agencies g on g.id = p.from_agency
  union all
  select x.id, 'panel-paper', g.name, x.kind || ' in ' || p.reference, london_day(x.made_at), x.made_at, x.restricted_at
  from about p join panel_papers x on x.panel_case = p.id join agencies g on g.id = x.agency
$$;

insert into disputable_kinds values
  ('panel-case', 'panel_cases', 'disputable_panel_cases'), ('panel-paper', 'panel_papers', 'disputable_panel_cases');

create function took_part_in_panel_cases(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with about as (
    select p.id from rights_cases c join panel_cases p on p.person_id = any (c.subjects) where c.id = the_case
  )
  select m.by_user from about join panel_case_moves m on m.panel_case = about.id
  union
  select x.author from about join panel_papers x on x.panel_case = about.id
$$;

insert into part_sources values ('took_part_in_panel_cases');

revoke execute on function notices_of_panel_cases, panel_case_deadlines, held_in_panel_cases, disputable_panel_cases,
  took_part_in_panel_cases from public;

create function end_demonstration_of_panel_cases() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from panel_cases where referred_by in (select id from users where synthetic);
  return null;
end $$;

revoke execute on function end_demonstration_of_panel_cases from public;

create trigger panel_cases_end_with_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_panel_cases();
