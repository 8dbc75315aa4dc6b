-- Meetings: planned, opened, closed; who sits in them, what stands on the agenda, and what was said and decided.
--
-- What is said in a meeting about people crosses from one agency to others. It is marked by the agency whose information
-- it is and by the purpose of the meeting, and read only by members whose agency has an agreement in force with it that
-- names the field 'meeting' for that purpose (R13), and where it was said to some only, by those. A meeting without a
-- purpose is about nobody: figures, escalations, actions.

-- As the area pack has them. A type that the pack no longer names keeps its name and holds no more meetings.
create table meeting_types (
  id text primary key,
  name text not null,
  -- src/areas/meeting-type.ts
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  in_pack boolean not null default true
);

-- Who sits in meetings of a type, from a day until a day.
create table meeting_seats (
  id uuid primary key default gen_random_uuid(),
  type text not null references meeting_types (id),
  user_id uuid not null references users (id),
  agency text not null references agencies (id),
  part text not null check (part in ('chair', 'secretary', 'member', 'adviser')),
  since date not null,
  -- The last day.
  until date,
  check (until >= since)
);

create unique index meeting_seats_once on meeting_seats (type, user_id) where until is null;

create index meeting_seats_by_type on meeting_seats (type, since);

create table meetings (
  id uuid primary key,
  reference text not null unique,
  type text not null references meeting_types (id),
  starts_at timestamptz not null,
  place text not null default '',
  -- As the type had them when it was planned.
  purpose text,
  agencies text[] not null check (cardinality(agencies) > 0),
  -- { "agencies": 3, "of": ["police", …] }
  quorum jsonb not null,
  -- Kinds of item that its members may see.
  sees text[] not null,
  chair uuid references users (id),
  -- Null: planned by the program, from the cadence of its type.
  planned_by uuid references users (id),
  planned_at timestamptz not null,
  -- When its agenda was last gathered.
  agenda_at timestamptz,
  -- Where the moves have led, and one up with every change of anything in it: kept by triggers, and by nobody else.
  state text not null default 'planned' check (state in ('planned', 'open', 'closed', 'called-off')),
  opened_at timestamptz,
  closed_at timestamptz,
  moves integer not null default 0,
  changes integer not null default 0
);

create unique index meetings_once on meetings (type, starts_at) where state <> 'called-off';

create index meetings_by_start on meetings (starts_at);

create table meeting_members (
  meeting uuid not null references meetings (id) on delete cascade,
  user_id uuid not null references users (id),
  -- Of the day: whoever moves to another agency keeps no sight of what was said to the old one.
  agency text not null references agencies (id),
  part text not null check (part in ('chair', 'secretary', 'member', 'adviser')),
  attendance text not null default 'expected' check (attendance in ('expected', 'present', 'apologies', 'absent')),
  present_from timestamptz,
  changed integer not null default 0,
  primary key (meeting, user_id)
);

create index meeting_members_by_user on meeting_members (user_id, meeting);

-- What happened to a meeting, in order. Two who act at once meet at the number: the second is told.
create table meeting_moves (
  meeting uuid not null references meetings (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  state_after text not null,
  -- Null: the program.
  by_user uuid references users (id),
  by_agency text references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (meeting, seq)
);

-- One matter of an agenda. The title names nobody; who is spoken of is read where it stands, as far as the reader may.
create table agenda_items (
  id uuid primary key default gen_random_uuid(),
  meeting uuid not null references meetings (id) on delete cascade,
  seq integer not null,
  -- Heading of the section, as the agenda rule had it.
  section text not null,
  kind text not null,
  title text not null check (length(title) between 1 and 500),
  -- Whose matter it is; null where it is about nobody and of no agency.
  agency text references agencies (id),
  -- Agencies that may read it; null: every member that an agreement lets.
  seen_by text[],
  -- As whoever brought somebody up calls them.
  called text,
  person_id uuid references persons (id),
  group_id uuid,
  place_id uuid,
  line_id uuid,
  -- Where it comes from: 'referral' and its reference. Gathered again, it is the same item.
  source_kind text,
  source_id text,
  due_on date,
  -- Null: gathered by the program.
  added_by uuid references users (id),
  added_at timestamptz not null,
  request_key uuid unique,
  -- Gone through.
  passed_at timestamptz,
  passed_by uuid references users (id),
  purpose text,
  changed integer not null default 0,
  delete_on date not null,
  restricted_at timestamptz,
  unique (meeting, id),
  check (num_nonnulls(person_id, group_id, place_id, line_id) <= 1),
  -- Nobody is spoken of without a purpose, nor by no agency.
  check (num_nonnulls(person_id, called) = 0 or (purpose is not null and agency is not null))
);

create unique index agenda_items_once on agenda_items (meeting, section, source_kind, source_id) where source_id is not null;

create index agenda_items_by_meeting on agenda_items (meeting, seq);

create index agenda_items_by_person on agenda_items (person_id) where person_id is not null;

create index agenda_items_by_source on agenda_items (source_kind, source_id) where source_id is not null;

-- What was said, shared, asked, decided or given out. Never changed: a correction is an entry that takes its place.
create table meeting_entries (
  -- Of the form: the same form twice is one entry.
  id uuid primary key,
  meeting uuid not null references meetings (id) on delete cascade,
  agenda_item uuid,
  -- Number of the change of the meeting with which it came.
  seq integer not null default 0,
  kind text not null check (kind in ('note', 'shared', 'decision', 'action', 'question')),
  text text not null check (length(text) between 1 and 5000),
  -- Whose information it is: the writer's agency, or the one for which the secretary wrote it down.
  agency text not null references agencies (id),
  seen_by text[],
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  purpose text,
  action uuid,
  corrects uuid references meeting_entries (id) on delete set null,
  person_id uuid references persons (id),
  at timestamptz not null,
  delete_on date not null,
  -- Set while its accuracy is disputed (R22).
  restricted_at timestamptz,
  foreign key (meeting, agenda_item) references agenda_items (meeting, id) on delete set null (agenda_item),
  check ((kind = 'action') = (action is not null))
);

create index meeting_entries_by_meeting on meeting_entries (meeting, seq);

create index meeting_entries_by_item on meeting_entries (agenda_item) where agenda_item is not null;

create index meeting_entries_by_person on meeting_entries (person_id) where person_id is not null;

create index meeting_entries_by_action on meeting_entries (action) where action is not null;

-- Names must not live on in the planner's statistics.
alter table agenda_items alter column called set statistics 0, alter column title set statistics 0;

alter table meeting_entries alter column text set statistics 0;

-- One up, and whoever watches the meeting is told that something changed: the number, and nothing of what. Writers of one
-- meeting take turns here.
create function next_meeting_change(the_meeting uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  n integer;
begin
  update meetings set changes = changes + 1 where id = the_meeting returning changes into n;
  perform pg_notify('meeting_changed', the_meeting || ' ' || n);
  return n;
end $$;

revoke execute on function next_meeting_change from public;

create function number_meeting_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.seq := next_meeting_change(new.meeting);
  select m.purpose into new.purpose from meetings m where m.id = new.meeting;
  select i.person_id into new.person_id from agenda_items i where i.id = new.agenda_item;
  return new;
end $$;

create function number_agenda_item() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.changed := next_meeting_change(new.meeting);
  if tg_op = 'INSERT' then
    select m.purpose into new.purpose from meetings m where m.id = new.meeting;
  end if;
  return new;
end $$;

create function number_meeting_member() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.changed := next_meeting_change(new.meeting);
  return new;
end $$;

create function keep_meeting_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update meetings set state = new.state_after, moves = new.seq,
    opened_at = case when new.action = 'open' then new.at else opened_at end,
    closed_at = case when new.action = 'close' then new.at when new.action = 'reopen' then null else closed_at end,
    starts_at = coalesce((new.detail ->> 'startsAt')::timestamptz, starts_at),
    place = coalesce(new.detail ->> 'place', place),
    chair = coalesce((new.detail ->> 'chair')::uuid, chair)
  where id = new.meeting;
  perform next_meeting_change(new.meeting);
  return null;
end $$;

create trigger meeting_entry_number before insert on meeting_entries for each row execute function number_meeting_entry();

create trigger agenda_item_number before insert or update on agenda_items for each row execute function number_agenda_item();

create trigger meeting_member_number before insert or update on meeting_members
  for each row execute function number_meeting_member();

create trigger meeting_state after insert on meeting_moves for each row execute function keep_meeting_state();

-- Meetings that the viewer sits in, for the agency for which they do.
create function viewer_meetings() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.meeting from meeting_members m where m.user_id = viewer_user() and m.agency = viewer_agency()
$$;

-- Those that the viewer runs: in the chair, or as the secretary; anybody who coordinates or commands takes over where the
-- chair has lost the line.
create function viewer_runs_meeting(the_meeting uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from meeting_members m
    where m.meeting = the_meeting and m.user_id = viewer_user() and m.agency = viewer_agency()
      and (m.part in ('chair', 'secretary') or viewer_role() in ('coordinator', 'commander')))
$$;

-- Agencies whose words the viewer may read in a meeting for their purpose: their own, and those with an agreement.
create function viewer_meeting_reach() returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when viewer_reads_people() then array(
    select viewer_agency()
    union
    select p.agency from agreement_parties p join agreements a on a.id = p.agreement
    where a.id in (select viewer_agreements()) and a.purpose = viewer_purpose()
      and exists (select from agreement_fields f where f.agreement = a.id and f.field = 'meeting')
  ) else '{}' end
$$;

-- Whether words of an agency, said for a purpose and perhaps to some only, are there for the viewer.
create function viewer_hears(the_agency text, the_purpose text, seen_by text[], reach text[]) returns boolean
language sql stable
  return the_purpose is null
    or (viewer_reads_people() and the_agency = viewer_agency())
    or (the_agency = any (reach) and the_purpose = viewer_purpose()
      and (seen_by is null or viewer_agency() = any (seen_by)));

revoke execute on function viewer_meetings, viewer_runs_meeting, viewer_meeting_reach from public;

grant execute on function viewer_meetings, viewer_runs_meeting, viewer_meeting_reach to concord_member;

grant select on meeting_types to concord_member;

-- Who sits where is no secret among people at work.
alter table meeting_seats enable row level security;

create policy read_seats on meeting_seats for select to concord_member using (true);

-- Whoever coordinates or commands for the agency in the chair, or for the partnership.
create function viewer_keeps_meetings_of(the_type text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_role() in ('coordinator', 'commander') and exists (
    select from meeting_types t
    where t.id = the_type and t.in_pack and t.definition -> 'members' ? viewer_agency()
      and (t.definition ->> 'chair' = viewer_agency()
        or exists (select from agencies a where a.id = viewer_agency() and a.kind = 'partnership')))
$$;

revoke execute on function viewer_keeps_meetings_of from public;

grant execute on function viewer_keeps_meetings_of to concord_member;

create policy take_seats on meeting_seats for insert to concord_member with check (
  viewer_keeps_meetings_of(type) and since = present_day() and until is null
  and exists (select from meeting_types t where t.id = type and t.definition -> 'members' ? meeting_seats.agency)
  and exists (select from users u where u.id = user_id and u.agency = meeting_seats.agency and u.state = 'active')
);

create policy end_seats on meeting_seats for update to concord_member
  using (viewer_keeps_meetings_of(type) and until is null) with check (until = present_day());

grant select, insert on meeting_seats to concord_member;

grant update (until) on meeting_seats to concord_member;

alter table meetings enable row level security;

create policy read_meetings on meetings for select to concord_member using (
  id in (select viewer_meetings()) or (planned_by = (select viewer_user()) and planned_at = (select present()))
);

create policy plan_meetings on meetings for insert to concord_member with check (
  viewer_keeps_meetings_of(type) and planned_by = viewer_user() and planned_at = present() and agenda_at is null
  and state = 'planned' and moves = 0 and changes = 0 and opened_at is null and closed_at is null
  and exists (
    select from meeting_types t
    where t.id = type and purpose is not distinct from t.definition ->> 'purpose'
      and to_jsonb(agencies) <@ (t.definition -> 'members') and quorum = t.definition -> 'quorum'
      and to_jsonb(sees) = t.definition -> 'sees')
);

grant select, insert on meetings to concord_member;

alter table meeting_members enable row level security;

create policy read_meeting_members on meeting_members for select to concord_member using (
  meeting in (select viewer_meetings())
);

-- By whoever runs the meeting, or has just planned it; of an agency that was invited.
create policy add_meeting_members on meeting_members for insert to concord_member with check (
  exists (
    select from meetings m
    where m.id = meeting and agency = any (m.agencies) and m.state in ('planned', 'open')
      and (viewer_runs_meeting(m.id) or (m.planned_by = viewer_user() and m.planned_at = present())))
  and exists (select from users u where u.id = user_id and u.agency = meeting_members.agency and u.state = 'active')
);

create policy note_attendance on meeting_members for update to concord_member
  using (meeting in (select viewer_meetings())
    and (user_id = (select viewer_user()) or viewer_runs_meeting(meeting)));

grant select, insert on meeting_members to concord_member;

grant update (attendance, present_from, part) on meeting_members to concord_member;

-- Nobody makes themselves the chair by marking that they are there.
create function refuse_own_part() returns trigger language plpgsql as $$
begin
  if new.part <> old.part and current_user = 'concord_member' and not viewer_runs_meeting(old.meeting) then
    raise exception 'Only whoever runs a meeting gives out its parts.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger parts_are_given before update of part on meeting_members
  for each row execute function refuse_own_part();

alter table meeting_moves enable row level security;

create policy read_meeting_moves on meeting_moves for select to concord_member using (
  meeting in (select viewer_meetings())
);

create policy move_meetings on meeting_moves for insert to concord_member with check (
  by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and exists (
    select from meetings m
    where m.id = meeting and (viewer_runs_meeting(m.id) or (m.planned_by = viewer_user() and m.planned_at = present())))
);

grant select, insert on meeting_moves to concord_member;

alter table agenda_items enable row level security;

create policy read_agenda_items on agenda_items for select to concord_member using (
  meeting in (select viewer_meetings()) and restricted_at is null
  and (agency is null or viewer_hears(agency, purpose, seen_by, (select viewer_meeting_reach())))
);

-- Brought up by a member, for their own agency; or by whoever runs the meeting, about nobody.
create policy bring_up on agenda_items for insert to concord_member with check (
  added_by = viewer_user() and added_at = present() and passed_at is null and restricted_at is null
  and (agency = viewer_agency() or (agency is null and viewer_runs_meeting(meeting)))
  and exists (
    select from meetings m
    where m.id = meeting and m.id in (select viewer_meetings()) and m.state in ('planned', 'open') and kind = any (m.sees)
      and (m.purpose is null or viewer_reads_people()))
);

create policy go_through on agenda_items for update to concord_member
  using (meeting in (select viewer_meetings()) and viewer_runs_meeting(meeting)
    and exists (select from meetings m where m.id = meeting and m.state = 'open'))
  with check (passed_at is null or (passed_at = (select present()) and passed_by = (select viewer_user())));

grant select, insert on agenda_items to concord_member;

grant update (passed_at, passed_by) on agenda_items to concord_member;

alter table meeting_entries enable row level security;

create policy read_meeting_entries on meeting_entries for select to concord_member using (
  meeting in (select viewer_meetings()) and restricted_at is null
  and viewer_hears(agency, purpose, seen_by, (select viewer_meeting_reach()))
);

create function viewer_wrote_entry(entry uuid, the_meeting uuid, the_agency text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from meeting_entries e
    where e.id = entry and e.meeting = the_meeting and e.agency = the_agency and e.by_user = viewer_user())
$$;

revoke execute on function viewer_wrote_entry from public;

grant execute on function viewer_wrote_entry to concord_member;

-- Said while the meeting is open, for one's own agency, and for the meeting's purpose. Whoever runs it may write down what
-- another agency says, where theirs may hear it.
create policy say on meeting_entries for insert to concord_member with check (
  by_user = viewer_user() and by_agency = viewer_agency() and at = present() and restricted_at is null
  and exists (
    select from meetings m
    where m.id = meeting and m.id in (select viewer_meetings()) and m.state = 'open'
      and (m.purpose is null or (viewer_reads_people() and m.purpose = viewer_purpose()))
      and agency = any (m.agencies)
      and (agency = viewer_agency()
        or (viewer_runs_meeting(m.id) and (m.purpose is null or agency = any ((select viewer_meeting_reach())::text[])))))
  and (agenda_item is null or exists (
    select from agenda_items i where i.id = agenda_item and i.meeting = meeting_entries.meeting))
  and (corrects is null or viewer_wrote_entry(corrects, meeting, agency))
);

grant select, insert on meeting_entries to concord_member;

-- A seat is a place in every meeting of the type that is planned; given up, it is one in none of them.
create function seat_in_planned_meetings() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.until is null then
    insert into meeting_members (meeting, user_id, agency, part)
    select m.id, new.user_id, new.agency, new.part from meetings m
    where m.type = new.type and m.state = 'planned' and new.agency = any (m.agencies)
    on conflict do nothing;
    if new.part = 'chair' then
      update meetings set chair = new.user_id where type = new.type and state = 'planned' and chair is null;
    end if;
  else
    delete from meeting_members x using meetings m
    where m.id = x.meeting and m.type = new.type and m.state = 'planned' and x.user_id = new.user_id
      and x.attendance = 'expected';
    update meetings set chair = null where type = new.type and state = 'planned' and chair = new.user_id;
  end if;
  return null;
end $$;

create trigger seats_are_places after insert or update of until on meeting_seats
  for each row execute function seat_in_planned_meetings();

-- Whoever leaves, or goes to another agency, leaves their seats. What they said stays, and stays theirs.
create function leave_seats() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update meeting_seats set until = greatest(since, (now() at time zone 'Europe/London')::date)
  where user_id = new.id and until is null;
  return null;
end $$;

create trigger seats_end_with_work after update of state, agency on users for each row
  when (new.state = 'left' or new.agency <> old.agency) execute function leave_seats();

-- What an agency said about somebody stays with the person whom its record is about: joined, or parted again.
create function take_meetings_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update agenda_items set person_id = new.person_id where person_id = old.person_id and agency = new.agency;
    update meeting_entries set person_id = new.person_id where person_id = old.person_id and agency = new.agency;
  end if;
  return null;
end $$;

create trigger meetings_follow_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_meetings_along();

revoke execute on function seat_in_planned_meetings, leave_seats, take_meetings_along, number_meeting_entry,
  number_agenda_item, number_meeting_member, keep_meeting_state from public;

-- Attendance by agency, for whoever works with it: counts of seats and of who came, and nobody's name.
create function meeting_attendance(the_type text, from_day date, to_day date)
returns table (meeting uuid, reference text, starts_at timestamptz, agency text, expected bigint, present bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.id, m.reference, m.starts_at, a.agency, count(x.user_id), count(x.user_id) filter (where x.attendance = 'present')
  from meetings m
  cross join lateral unnest(m.agencies) a (agency)
  left join meeting_members x on x.meeting = m.id and x.agency = a.agency
  where m.type = the_type and m.state = 'closed'
    and (m.starts_at at time zone 'Europe/London')::date between from_day and to_day
    and exists (
      select from meeting_types t where t.id = the_type
        and (t.definition -> 'members' ? viewer_agency() or viewer_role() in ('board-member', 'analyst')))
  group by m.id, m.reference, m.starts_at, a.agency
$$;

revoke execute on function meeting_attendance from public;

grant execute on function meeting_attendance to concord_member;

-- What is held about somebody (R22): what was said of them in meetings, and that they were brought up.
create function meetings_held(asked rights_cases)
returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'meeting-entry-' || e.id, 'meeting-entry', e.agency, e.at, jsonb_build_object(
    'on', london_day(e.at), 'purpose', e.purpose, 'by', u.post, 'deleteOn', e.delete_on, 'text', e.text,
    'restricted', e.restricted_at is not null, 'reference', m.reference)
  from meeting_entries e join meetings m on m.id = e.meeting join users u on u.id = e.by_user
  where e.person_id = any (asked.subjects)
  union all
  select 'agenda-item-' || i.id, 'agenda-item', i.agency, i.added_at, jsonb_build_object(
    'on', london_day(i.added_at), 'purpose', i.purpose, 'by', u.post, 'deleteOn', i.delete_on,
    'text', concat_ws(': ', i.title, i.called), 'restricted', i.restricted_at is not null, 'reference', m.reference)
  from agenda_items i join meetings m on m.id = i.meeting left join users u on u.id = i.added_by
  where i.person_id = any (asked.subjects) and i.agency is not null
$$;

insert into held_sources values ('meetings_held');

create function meetings_disputable(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select e.id, 'meeting-entry', a.name, e.kind || ', meeting ' || m.reference, london_day(e.at), e.at, e.restricted_at
  from rights_cases c join meeting_entries e on e.person_id = any (c.subjects) join agencies a on a.id = e.agency
  join meetings m on m.id = e.meeting
  where c.id = the_case and rights_case_is_ready(c.id)
    and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
$$;

insert into disputable_kinds values ('meeting-entry', 'meeting_entries', 'meetings_disputable');

create function meetings_took_part(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select e.by_user from rights_cases c join meeting_entries e on e.person_id = any (c.subjects) where c.id = the_case
$$;

insert into part_sources values ('meetings_took_part');

revoke execute on function meetings_held, meetings_disputable, meetings_took_part from public;

-- The first real account ends the demonstration: its meetings go before its people do.
create function end_demonstration_meetings() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from users where synthetic and state <> 'left') then
    delete from meetings m where exists (
      select from meeting_members x join users u on u.id = x.user_id where x.meeting = m.id and u.synthetic);
    delete from meeting_seats s using users u where u.id = s.user_id and u.synthetic;
  end if;
  return null;
end $$;

revoke execute on function end_demonstration_meetings from public;

create trigger real_account_ends_a_demonstration_meetings after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_meetings();
