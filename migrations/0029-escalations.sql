-- What a meeting cannot decide goes to the board above it, with a reason, and returns with a decision. Boards speak of
-- nobody, and so does an escalation: there is no column for a person, and none may be added.
create table escalations (
  -- Of the form: the same form twice is one escalation.
  id uuid primary key,
  reference text not null unique,
  from_type text not null references meeting_types (id),
  from_meeting uuid not null references meetings (id) on delete cascade,
  to_type text not null references meeting_types (id),
  what text not null check (length(what) between 1 and 300),
  because text not null check (length(because) between 1 and 2000),
  agency text not null references agencies (id),
  by_user uuid not null references users (id),
  at timestamptz not null,
  -- Where the moves have led: kept by a trigger, and by nobody else.
  state text not null default 'raised' check (state in ('raised', 'answered', 'withdrawn')),
  answer text,
  answered_in uuid references meetings (id) on delete set null,
  answered_at timestamptz,
  delete_on date not null,
  check (from_type <> to_type)
);

create index escalations_from on escalations (from_type, state);

create index escalations_to on escalations (to_type, state);

create table escalation_moves (
  escalation uuid not null references escalations (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null check (action in ('raise', 'answer', 'withdraw')),
  state_after text not null,
  -- The meeting in which it was done.
  meeting uuid references meetings (id) on delete set null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  -- The answer, or why it was taken back.
  text text check (length(text) between 1 and 5000),
  primary key (escalation, seq),
  check ((action = 'raise') = (text is null)),
  check (state_after = case action when 'raise' then 'raised' when 'answer' then 'answered' else 'withdrawn' end)
);

-- What was typed must not live on in the planner's statistics.
alter table escalations alter column what set statistics 0, alter column because set statistics 0,
  alter column answer set statistics 0;

alter table escalation_moves alter column text set statistics 0;

create function keep_escalation_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update escalations set state = new.state_after,
    answer = case when new.action = 'answer' then new.text else answer end,
    answered_in = case when new.action = 'answer' then new.meeting else answered_in end,
    answered_at = case when new.action = 'answer' then new.at else answered_at end
  where id = new.escalation and new.action <> 'raise';
  return null;
end $$;

create trigger escalation_state after insert on escalation_moves for each row execute function keep_escalation_state();

-- Kinds of meeting in which the viewer sits, or has a seat.
create function viewer_meeting_types() returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.type from meeting_seats s
  where s.user_id = viewer_user() and s.agency = viewer_agency() and s.until is null
  union
  select m.type from meeting_members x join meetings m on m.id = x.meeting
  where x.user_id = viewer_user() and x.agency = viewer_agency()
$$;

-- An open meeting of the kind that the viewer runs.
create function viewer_runs_open(the_meeting uuid, the_type text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_runs_meeting(the_meeting) and exists (
    select from meetings m where m.id = the_meeting and m.type = the_type and m.state = 'open')
$$;

-- A closed one as well, to take back what was escalated in it.
create function viewer_raised(the_escalation uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from escalations e where e.id = the_escalation and e.by_user = viewer_user() and e.agency = viewer_agency())
$$;

revoke execute on function keep_escalation_state, viewer_meeting_types, viewer_runs_open, viewer_raised from public;

grant execute on function viewer_meeting_types, viewer_runs_open, viewer_raised to concord_member;

alter table escalations enable row level security;

create policy read_escalations on escalations for select to concord_member using (
  from_type in (select viewer_meeting_types()) or to_type in (select viewer_meeting_types())
);

create policy raise_escalations on escalations for insert to concord_member with check (
  by_user = viewer_user() and agency = viewer_agency() and at = present() and state = 'raised' and answer is null
  and answered_in is null and answered_at is null and viewer_runs_open(from_meeting, from_type)
  and exists (select from meeting_types t where t.id = from_type and t.definition ->> 'escalatesTo' = to_type)
);

alter table escalation_moves enable row level security;

create policy read_escalation_moves on escalation_moves for select to concord_member using (
  exists (select from escalations e where e.id = escalation)
);

create policy move_escalations on escalation_moves for insert to concord_member with check (
  by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and exists (
    select from escalations e
    where e.id = escalation and e.state = 'raised' and case action
      when 'raise' then e.by_user = viewer_user() and e.at = present() and seq = 1
      when 'answer' then viewer_runs_open(meeting, e.to_type)
      else viewer_raised(e.id)
    end)
);

grant select, insert on escalations, escalation_moves to concord_member;

-- Who is told: those who chair the board or keep its minutes, that something was raised; whoever raised it, what was decided.
create function notices_of_escalations(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select distinct u.id, 'escalation', e.reference, '/meetings/escalations/' || e.reference
  from escalations e
  join escalation_moves v on v.escalation = e.id and v.by_user = viewer_user() and v.at = present()
  cross join lateral (
    select s.user_id, s.agency from meeting_seats s
    where the_kind = 'escalation-raised' and v.action = 'raise'
      and s.type = e.to_type and s.until is null and s.part in ('chair', 'secretary')
    union
    select e.by_user, e.agency where the_kind = 'escalation-answered' and v.action = 'answer'
  ) t (told, agency)
  join users u on u.id = t.told and u.agency = t.agency and u.state = 'active'
  where e.id = subject
$$;

revoke execute on function notices_of_escalations from public;

insert into notice_subjects values ('escalation');

insert into notice_kinds (kind, found_by)
select kind, 'notices_of_escalations' from unnest(array['escalation-raised', 'escalation-answered']) kind;

-- What came of the actions that meetings of a kind gave out, by the agency that does them: counts, and nobody's name nor what
-- is to be done. For whoever works with them, as attendance is: a board holds agencies to account, and reads no case for it.
create function meeting_actions(the_type text, from_day date, to_day date)
returns table (agency text, given bigint, done bigint, on_time bigint, open bigint, overdue bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.agency, count(*),
    count(*) filter (where a.state = 'done'),
    count(*) filter (where a.state = 'done' and london_day(a.closed_at) <= a.due_on),
    count(*) filter (where a.state = 'open'),
    count(*) filter (where a.state = 'open' and a.due_on < present_day())
  from actions a join meetings m on m.id = a.meeting
  where m.type = the_type and london_day(a.made_at) between from_day and to_day and a.state <> 'withdrawn'
    and exists (
      select from meeting_types t where t.id = the_type
        and (t.definition -> 'members' ? viewer_agency() or viewer_role() in ('board-member', 'analyst')))
  group by a.agency
$$;

revoke execute on function meeting_actions from public;

grant execute on function meeting_actions to concord_member;
