-- Lists of the action log, who is told of an action, and reminders.

-- What the policy asks of an action's audience stands in the audience itself: a list is then decided by one look at what the
-- viewer's agency may read, not by one for every action.
alter table action_audience add column made_by_agency text references agencies (id), add column purpose text;

update action_audience x set made_by_agency = a.made_by_agency, purpose = a.purpose from actions a where a.id = x.action;

alter table action_audience alter column made_by_agency set not null, alter column purpose set not null;

create function complete_audience() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  select a.made_by_agency, a.purpose into new.made_by_agency, new.purpose from actions a where a.id = new.action;
  return new;
end $$;

revoke execute on function complete_audience from public;

create trigger audience_of_action before insert on action_audience for each row execute function complete_audience();

drop policy read_actions on actions;

create policy read_actions on actions for select to concord_member using (
  (select viewer_reads_people()) and restricted_at is null
  and (suspended_on is null or (select viewer_reviewing_agency()) in (agency, made_by_agency))
  and (
    (agency = (select viewer_agency())
      and (under is null or (made_by_agency, under, purpose) in (select agency, field, purpose from viewer_agreed())))
    or (made_by_agency = (select viewer_agency())
      and (made_by = (select viewer_user()) or (select viewer_role()) = 'coordinator'))
    or exists (
      select from action_audience x
      where x.action = actions.id and x.agency = (select viewer_agency())
        and (x.under is null or (x.purpose = (select viewer_purpose())
          and (x.made_by_agency, x.under, x.purpose) in (select agency, field, purpose from viewer_agreed()))))
  )
);

create index actions_by_due on actions (due_on, id);

-- Below, the program's own functions.

-- Who does an action: whoever has it; where nobody has, or they do not work there any more, the coordinators of its agency;
-- where there are none, all who work with people there, because what is due must not lie unseen.
create function doers_of(the_owner uuid, the_agency text) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  with holder as (select u.id from users u where u.id = the_owner and u.agency = the_agency and u.state = 'active'),
    coordinators as (select u from active_users(the_agency, '{coordinator}') u where not exists (select from holder))
  select id from holder
  union all
  select u from coordinators
  union all
  select u from active_users(the_agency, '{practitioner,commander}') u
  where not exists (select from holder) and not exists (select from coordinators)
$$;

create function viewer_just_moved(the_action uuid, names text[]) returns boolean language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from action_moves m
    where m.action = the_action and m.action_name = any (names) and m.by_user = viewer_user() and m.at = present())
$$;

create function notices_of_actions(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select distinct t.told, 'action', a.reference, '/actions/' || a.reference
  from actions a cross join lateral (
    select doers_of(a.owner, a.agency)
    where (the_kind = 'action-given' and viewer_just_moved(a.id, '{make,give,reassign}'))
      or (the_kind = 'action-withdrawn' and viewer_just_moved(a.id, '{withdraw}'))
      or (the_kind = 'action-escalation-answered' and viewer_just_moved(a.id, '{answer-escalation}'))
    union
    select active_users(a.escalate_to, '{coordinator,commander}')
    where the_kind = 'action-escalated' and a.escalated_at is not null and viewer_just_moved(a.id, '{escalate}')
    union
    select asker_or_coordinators(a.made_by, a.made_by_agency)
    where (the_kind = 'action-closed' and viewer_just_moved(a.id, '{finish,not-done}'))
      or (the_kind = 'action-escalation-answered' and viewer_just_moved(a.id, '{answer-escalation}'))
  ) t (told)
  where a.id = subject
$$;

insert into notice_subjects values ('action');

insert into notice_kinds (kind, found_by)
select kind, 'notices_of_actions' from unnest(array[
  'action-given', 'action-withdrawn', 'action-escalated', 'action-escalation-answered', 'action-closed']) kind;

insert into notice_kinds (kind) values ('action-starts-today'), ('action-due-today'), ('action-overdue');

-- A reminder is of a deadline; which kinds are reminders shows in their names.
do $$
declare
  old text;
begin
  select conname into old from pg_constraint
  where conrelid = 'notices'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%due_at%';
  execute format('alter table notices drop constraint %I', old);
end $$;

alter table notices add constraint reminders_have_a_deadline
  check ((kind ~ '(^|-)(starts-today|due-today|overdue)$') = (due_at is not null));

-- Of open actions: by when each is to be started and done. Reminders ask up to a day, and not of what lies far off.
create function action_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with until as (
    select coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400) as day
  )
  select t, 'action', 'action', a.reference, '/actions/' || a.reference, a.made_at, null::timestamptz, a.due_on
  from actions a cross join until cross join lateral doers_of(a.owner, a.agency) t
  where a.state = 'open' and a.due_on <= until.day and a.suspended_on is null and a.restricted_at is null
  union all
  select t, 'action-start', 'action', a.reference, '/actions/' || a.reference, a.made_at, null, a.start_on
  from actions a cross join until cross join lateral doers_of(a.owner, a.agency) t
  where a.state = 'open' and a.start_on <= until.day and a.started_at is null and a.due_on >= present_day()
    and a.start_on >= present_day() and a.suspended_on is null and a.restricted_at is null
$$;

insert into deadline_sources values ('action_deadlines');

revoke execute on function doers_of, viewer_just_moved, notices_of_actions, action_deadlines from public;

-- What is held about somebody in actions, what of it can be disputed, and who took part (0017).
create function held_in_actions(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'action-' || a.id, 'action', a.made_by_agency, a.made_at, jsonb_build_object(
    'on', london_day(a.made_at), 'purpose', a.purpose, 'legalBasis', a.legal_basis, 'by', u.post, 'to', g.name,
    'deleteOn', a.delete_on, 'suspended', a.suspended_on is not null, 'restricted', a.restricted_at is not null,
    'content', jsonb_build_object('what', a.what, 'due', a.due_on, 'state', a.state, 'result', a.result,
      'whatWasDone', (
        select jsonb_agg(jsonb_build_array(m.action_name, london_day(m.at), m.detail) order by m.seq)
        from action_moves m where m.action = a.id and m.detail <> '{}')))
  from actions a join users u on u.id = a.made_by join agencies g on g.id = a.agency
  where a.person_id = any (asked.subjects)
$$;

insert into held_sources values ('held_in_actions');

create function disputable_actions(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select a.id, 'action', g.name, 'action ' || a.reference, london_day(a.made_at), a.made_at, a.restricted_at
  from rights_cases c
  join actions a on a.person_id = any (c.subjects)
  join agencies g on g.id = a.made_by_agency
  where c.id = the_case and rights_case_is_ready(c.id)
    and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
$$;

insert into disputable_kinds values ('action', 'actions', 'disputable_actions');

create function took_part_in_actions(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.by_user from rights_cases c
  join actions a on a.person_id = any (c.subjects) join action_moves m on m.action = a.id
  where c.id = the_case
$$;

insert into part_sources values ('took_part_in_actions');

revoke execute on function held_in_actions, disputable_actions, took_part_in_actions from public;
