-- Consequence management: the hours and days after a critical incident. Who is affected, what families and schools need,
-- rumours, threats made online, tension, what may follow, what was offered; and the review that cannot be skipped.
--
-- What an agency writes here is heard as in a meeting (0022): by agencies that were brought to it, under an agreement in
-- force that names the field 'meeting' for the purpose. Whoever is affected has a role in this event, and none of the
-- roles is that of a suspect (R1). There is no column for a score, a rank or a colour of anybody, and none may be added (R6).

create table consequences (
  -- Of the form that was sent: the same form twice is one.
  id uuid primary key,
  reference text not null unique,
  what text not null check (length(what) between 1 and 500),
  -- By the clock on the wall in London; null where the hour is not known.
  happened_on date not null,
  happened_at text check (happened_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  place text not null check (length(place) between 1 and 300),
  -- The number under which the incident is recorded, as the agency writes it.
  incident text not null default '' check (length(incident) <= 100),
  lead_agency text not null references agencies (id),
  owner uuid not null references users (id),
  state text not null default 'open' check (state in ('open', 'reviewed', 'closed')),
  -- The review of what was done: so many days after it was opened, as the area pack says.
  review_due_on date not null,
  closed_at timestamptz,
  opened_by uuid not null references users (id),
  opened_at timestamptz not null,
  purpose text not null,
  legal_basis text not null,
  -- Looked at again so many days after whatever was last written (R10).
  review_days integer not null check (review_days between 1 and 180),
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  check ((state = 'closed') = (closed_at is not null)),
  check (delete_on >= review_on)
);

create index consequences_by_lead on consequences (lead_agency, state, review_due_on);

create table consequence_agencies (
  consequence uuid not null references consequences (id) on delete cascade,
  agency text not null references agencies (id),
  since timestamptz not null,
  added_by uuid not null references users (id),
  primary key (consequence, agency)
);

create index consequence_agencies_by_agency on consequence_agencies (agency, consequence);

create table consequence_moves (
  consequence uuid not null references consequences (id) on delete cascade,
  seq integer not null check (seq > 0),
  move text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  to_user uuid references users (id),
  to_agency text references agencies (id),
  -- Of `open` and `reopen`: when the review is due.
  due_on date,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (consequence, seq),
  check (case move
    when 'review' then state_after = 'reviewed'
    when 'close' then state_after = 'closed'
    when 'open' then state_after = 'open'
    when 'reopen' then state_after = 'open'
    else state_after <> 'closed'
  end),
  check ((move = 'hand-over') = (to_user is not null)),
  check ((move in ('add-agency', 'remove-agency')) = (to_agency is not null)),
  check ((move in ('open', 'reopen')) = (due_on is not null))
);

-- What is known, feared, offered: small, dated, by an agency. Never changed: a correction takes its place.
create table consequence_entries (
  id uuid primary key,
  consequence uuid not null references consequences (id) on delete cascade,
  -- src/casework/tasking/consequences/consequence-entry.ts
  kind text not null check (kind in
    ('affected', 'family', 'school', 'rumour', 'online', 'tension', 'retaliation', 'offer', 'reassurance')),
  nature text not null check (nature in ('fact', 'reported', 'assessment')),
  text text not null check (length(text) between 1 and 5000),
  on_day date not null,
  -- Of somebody affected: who, as the agency calls them, and their part in this event. Nobody is suspected here.
  called text check (length(called) between 1 and 200),
  person_id uuid references persons (id),
  role text check (role in ('injured', 'bereaved', 'witness', 'at-risk', 'close')),
  -- Of what was looked at online: the authority under which (R4).
  authority text check (length(authority) between 3 and 100),
  -- Of tension in a place: a word, with its reason in the text.
  grade text check (grade in ('usual', 'uneasy', 'raised', 'high')),
  -- Whose information it is, and the agencies that read it beside that one; null: every one that may.
  agency text not null references agencies (id),
  seen_by text[],
  author uuid not null references users (id),
  made_at timestamptz not null,
  purpose text not null,
  corrects uuid references consequence_entries (id) on delete set null,
  delete_on date not null,
  -- Set while its accuracy is disputed (R22).
  restricted_at timestamptz,
  check ((kind = 'affected') = (called is not null) and (kind = 'affected') = (role is not null)),
  check (person_id is null or kind = 'affected'),
  check ((kind = 'online') = (authority is not null)),
  check ((kind = 'tension') = (grade is not null))
);

create index consequence_entries_by_consequence on consequence_entries (consequence, made_at);

create index consequence_entries_by_person on consequence_entries (person_id) where person_id is not null;

create index consequence_entries_by_end on consequence_entries (delete_on);

-- Names must not live on in the planner's statistics.
alter table consequences alter column what set statistics 0, alter column place set statistics 0;

alter table consequence_moves alter column detail set statistics 0;

alter table consequence_entries alter column text set statistics 0, alter column called set statistics 0;

-- Its actions stand in the one log, and cross as what is said in a meeting does.
alter table actions add column consequence uuid references consequences (id) on delete cascade;

create index actions_by_consequence on actions (consequence) where consequence is not null;

alter table actions
  alter column personal set expression as (coalesce(person_id, group_id, line_id, plan, placement, consequence) is not null),
  add check (agency = made_by_agency or under is not null or consequence is null);

create function keep_consequence_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today date := (new.at at time zone 'Europe/London')::date;
begin
  update consequences c set
    state = new.state_after,
    closed_at = case when new.move = 'close' then new.at when new.move = 'reopen' then null else c.closed_at end,
    owner = coalesce(new.to_user, c.owner),
    review_due_on = coalesce(new.due_on, c.review_due_on),
    suspended_on = null,
    -- R12: closed, it is kept a year at most.
    delete_on = d.delete_on,
    review_on = least(d.delete_on, today + c.review_days)
  from (
    select case when new.move = 'close' then least(delete_on, today + 365) else delete_on end as delete_on
    from consequences where id = new.consequence
  ) d
  where c.id = new.consequence and new.move <> 'open';
  if new.move = 'close' then
    update consequence_entries set delete_on = least(delete_on, today + 365) where consequence = new.consequence;
  end if;
  return null;
end $$;

create trigger consequence_state after insert on consequence_moves
  for each row execute function keep_consequence_state();

-- Whatever is written is a look at it.
create function look_at_consequence() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update consequences
  set review_on = least(delete_on, greatest(review_on, (new.made_at at time zone 'Europe/London')::date + review_days))
  where id = new.consequence;
  return null;
end $$;

create trigger consequence_looked_at after insert on consequence_entries
  for each row execute function look_at_consequence();

-- An agency that is brought to it later reads what is to be done as well; one that is parted with does not any more.
create function show_consequence_actions() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from action_audience x using actions a
    where a.id = x.action and a.consequence = old.consequence and x.agency = old.agency;
    return null;
  end if;
  insert into action_audience (action, agency, under)
  select a.id, new.agency, 'meeting' from actions a
  where a.consequence = new.consequence and new.agency not in (a.agency, a.made_by_agency)
    and agreement_covers(a.made_by_agency, new.agency, a.purpose, array['meeting'])
  on conflict do nothing;
  return null;
end $$;

create trigger consequence_actions_shown after insert or delete on consequence_agencies
  for each row execute function show_consequence_actions();

-- What an agency wrote about somebody stays with the person whom its record is about.
create function take_consequences_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update consequence_entries set person_id = new.person_id
      where person_id = old.person_id and agency = new.agency;
  end if;
  return null;
end $$;

create trigger consequences_follow_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_consequences_along();

-- Behind the policies: they would ask themselves.

create function viewer_consequences() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from consequence_agencies x join consequences c on c.id = x.consequence
  where x.agency = viewer_reading_agency() and c.suspended_on is null and c.purpose = viewer_purpose()
    and (c.lead_agency, 'meeting', c.purpose) in (select g.agency, g.field, g.purpose from viewer_agreed() g)
$$;

create function viewer_wrote_of_consequence(entry uuid, the_consequence uuid, the_kind text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from consequence_entries e
    where e.id = entry and e.consequence = the_consequence and e.kind = the_kind and e.author = viewer_user()
      and e.agency = viewer_agency())
$$;

revoke execute on function keep_consequence_state, look_at_consequence, show_consequence_actions,
  take_consequences_along, viewer_consequences, viewer_wrote_of_consequence from public;

grant execute on function viewer_consequences, viewer_wrote_of_consequence to concord_member;

alter table consequences enable row level security;

create policy read_consequences on consequences for select to concord_member using (
  (lead_agency = (select viewer_reading_agency()) and (suspended_on is null or (select viewer_role()) = 'coordinator'))
  or id in (select viewer_consequences())
);

-- By anybody who works with people, at once: nobody's leave is asked in the hours after an incident.
create policy open_consequences on consequences for insert to concord_member with check (
  viewer_reads_people() and lead_agency = viewer_agency() and owner = viewer_user() and opened_by = viewer_user()
  and opened_at = present() and purpose = viewer_purpose() and state = 'open' and suspended_on is null
  and happened_on <= present_day() and review_due_on between present_day() + 1 and present_day() + 7
  and review_on between present_day() + 1 and present_day() + 180
);

alter table consequence_agencies enable row level security;

create policy read_consequence_agencies on consequence_agencies for select to concord_member using (
  consequence in (select id from consequences)
);

create policy add_consequence_agencies on consequence_agencies for insert to concord_member with check (
  added_by = viewer_user() and since = present() and exists (
    select from consequences c
    where c.id = consequence and c.lead_agency = viewer_agency() and c.state <> 'closed' and agency <> c.lead_agency
      and agreement_covers(c.lead_agency, agency, c.purpose, array['meeting']))
);

create policy remove_consequence_agencies on consequence_agencies for delete to concord_member using (
  consequence in (select id from consequences where state <> 'closed')
  and (agency = (select viewer_agency())
    or consequence in (select id from consequences where lead_agency = (select viewer_agency())))
);

alter table consequence_moves enable row level security;

create policy read_consequence_moves on consequence_moves for select to concord_member using (
  consequence in (select id from consequences)
);

create policy move_consequences on consequence_moves for insert to concord_member with check (
  viewer_reads_people() and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and (due_on is null or due_on between present_day() + 1 and present_day() + 7)
  and exists (
    select from consequences c
    where c.id = consequence and case
      when move = 'open' then c.opened_by = viewer_user() and c.opened_at = present() and seq = 1
      when move = 'remove-agency' and to_agency = viewer_agency() then c.state <> 'closed' and state_after = c.state
      when c.lead_agency <> viewer_agency() then false
      when move in ('add-agency', 'remove-agency') then c.state <> 'closed' and state_after = c.state
      when move = 'hand-over' then c.state <> 'closed' and state_after = c.state
        and (c.owner = viewer_user() or viewer_role() in ('coordinator', 'commander'))
        and to_user in (select u.id from users u where u.agency = c.lead_agency and u.state = 'active')
      -- It is not written before its day: that would be to skip it.
      when move = 'review' then c.state = 'open' and c.review_due_on <= present_day()
      when move = 'close' then c.state = 'reviewed'
        and (c.owner = viewer_user() or viewer_role() in ('coordinator', 'commander'))
      when move = 'reopen' then c.state = 'closed' and viewer_role() in ('coordinator', 'commander')
      else false
    end)
);

alter table consequence_entries enable row level security;

create policy read_consequence_entries on consequence_entries for select to concord_member using (
  consequence in (select id from consequences) and restricted_at is null
  and viewer_hears(agency, purpose, seen_by, (select viewer_meeting_reach()))
);

create policy write_consequence_entries on consequence_entries for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and author = viewer_user() and made_at = present()
  and purpose = viewer_purpose() and restricted_at is null and on_day <= present_day()
  and consequence in (select id from consequences c where c.state <> 'closed' and c.purpose = viewer_purpose())
  and (person_id is null or viewer_holds(person_id))
  and (corrects is null or viewer_wrote_of_consequence(corrects, consequence, kind))
);

create policy actions_of_consequences on actions as restrictive for insert to concord_member with check (
  consequence is null
  or (plan is null and meeting is null and placement is null
    and consequence in (select id from consequences c where c.state <> 'closed' and c.purpose = viewer_purpose()))
);

-- What an agency asked for here is known to all of it who read the matter, whoever of them wrote it.
create policy read_consequence_actions on actions for select to concord_member using (
  consequence is not null and restricted_at is null and suspended_on is null
  and made_by_agency = (select viewer_reading_agency()) and consequence in (select id from consequences)
);

grant select, insert on consequences, consequence_agencies, consequence_moves, consequence_entries to concord_member;

grant delete on consequence_agencies to concord_member;

-- Who is told: the agency that is brought to it.
create function notices_of_consequences(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select distinct t.told, 'consequence', c.reference, '/consequences/' || c.reference
  from consequences c
  join consequence_moves v on v.consequence = c.id and v.by_user = viewer_user() and v.at = present()
  cross join lateral (
    select doers_of(null, v.to_agency) where the_kind = 'consequence-joined' and v.move = 'add-agency'
    union
    select v.to_user where the_kind = 'consequence-handed-over' and v.move = 'hand-over'
  ) t (told)
  where c.id = subject and t.told is not null
$$;

insert into notice_subjects values ('consequence');

insert into notice_kinds (kind, found_by)
select kind, 'notices_of_consequences' from unnest(array['consequence-joined', 'consequence-handed-over']) kind;

insert into notice_kinds (kind) values ('consequence-review-due-today'), ('consequence-review-overdue');

-- The review that cannot be skipped: it stays due until it is written.
create function consequence_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t, 'consequence-review', 'consequence', c.reference, '/consequences/' || c.reference, c.opened_at,
    null::timestamptz, c.review_due_on
  from consequences c cross join lateral doers_of(c.owner, c.lead_agency) t
  where c.state = 'open' and c.suspended_on is null
    and c.review_due_on <= coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400)
$$;

insert into deadline_sources values ('consequence_deadlines');

-- What is held about somebody, what of it can be disputed, and who took part (0017).
create function held_in_consequences(asked rights_cases)
returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'consequence-entry-' || e.id, 'consequence-entry', e.agency, e.made_at, jsonb_build_object(
    'on', e.on_day, 'purpose', e.purpose, 'by', u.post, 'deleteOn', e.delete_on, 'nature', e.nature,
    'roleInEvent', e.role, 'text', concat_ws(': ', e.called, e.text), 'restricted', e.restricted_at is not null,
    'reference', c.reference)
  from consequence_entries e join consequences c on c.id = e.consequence join users u on u.id = e.author
  where e.person_id = any (asked.subjects)
$$;

insert into held_sources values ('held_in_consequences');

create function disputable_in_consequences(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select e.id, 'consequence-entry', g.name, e.nature || ' in ' || v.reference, e.on_day, e.made_at, e.restricted_at
  from rights_cases c join consequence_entries e on e.person_id = any (c.subjects) join agencies g on g.id = e.agency
  join consequences v on v.id = e.consequence
  where c.id = the_case and rights_case_is_ready(c.id)
    and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
$$;

insert into disputable_kinds values ('consequence-entry', 'consequence_entries', 'disputable_in_consequences');

create function took_part_in_consequences(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select e.author from rights_cases c join consequence_entries e on e.person_id = any (c.subjects) where c.id = the_case
$$;

insert into part_sources values ('took_part_in_consequences');

revoke execute on function notices_of_consequences, consequence_deadlines, held_in_consequences, disputable_in_consequences,
  took_part_in_consequences from public;

-- The synthetic partnership never stands beside real casework: before what it leans on is ended (0013).
create function end_demonstration_of_consequences() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from consequences where opened_by in (select id from users where synthetic);
  return null;
end $$;

revoke execute on function end_demonstration_of_consequences from public;

create trigger consequences_end_with_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_consequences();
