-- The one action log: what an agency said it would do, by when, and what came of it; from every plan, meeting and
-- placement. What happened to an action is rows of action_moves; its present state is folded from them
-- (src/casework/tasking/actions/action.ts) and kept here for lists. There is no column for a score, a rank or a colour,
-- and none may be added (R6).

-- What agreements in force let the viewer's agency read of others: asked once a query.
create function viewer_agreed() returns table (agency text, field text, purpose text) language sql stable
begin atomic
  select q.agency, f.field, a.purpose
  from viewer_agreements() v (agreement)
  join agreements a on a.id = v.agreement
  join agreement_parties q on q.agreement = v.agreement and q.agency <> viewer_agency()
  join agreement_fields f on f.agreement = v.agreement;
end;

create table actions (
  id uuid primary key,
  reference text not null unique,
  what text not null check (length(what) between 1 and 2000),
  -- Which of the four headings of a 4P plan; null outside one.
  four_p text check (four_p in ('pursue', 'prevent', 'protect', 'prepare')),
  -- Who does it, and who of them; null until the agency has given it to somebody.
  agency text not null references agencies (id),
  owner uuid references users (id),
  start_on date,
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'done', 'not-done', 'withdrawn')),
  started_at timestamptz,
  closed_at timestamptz,
  result text,
  -- The agency that it goes to where it does not move, and since when it waits for an answer from there.
  escalate_to text references agencies (id),
  escalated_at timestamptz,
  -- Where it was decided.
  plan uuid,
  meeting uuid,
  agenda_item uuid,
  placement uuid,
  -- Whom or what it is about: at most one.
  person_id uuid references persons (id),
  group_id uuid,
  place_id uuid,
  line_id uuid,
  made_by uuid not null references users (id),
  made_by_agency text not null references agencies (id),
  made_at timestamptz not null,
  purpose text not null,
  legal_basis text not null,
  -- Field of the agreement under which the agency that does it reads it (R13); null where it is the maker's own, or
  -- about nobody.
  under text check (under in ('action', 'plan', 'meeting', 'cohort')),
  personal boolean not null generated always as (
    coalesce(person_id, group_id, line_id, plan, placement) is not null) stored,
  -- Looked at again so many days after whatever was last done about it, and not before it is due (R10).
  review_days integer not null check (review_days between 1 and 180),
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  -- Set while its accuracy is disputed (R22).
  restricted_at timestamptz,
  check (num_nonnulls(person_id, group_id, place_id, line_id) <= 1),
  check (start_on is null or start_on <= due_on),
  check ((state = 'open') = (closed_at is null)),
  check (escalated_at is null or (state = 'open' and escalate_to is not null)),
  check (agency = made_by_agency or under is not null or coalesce(person_id, group_id, line_id, plan, placement) is null)
);

create index actions_by_agency on actions (agency, state, due_on, id);

create index actions_by_owner on actions (owner, state, due_on, id);

create index actions_by_maker on actions (made_by_agency, state, due_on, id);

create index actions_open on actions (due_on, id) where state = 'open';

create index actions_escalated on actions (escalate_to, due_on) where escalated_at is not null;

create index actions_by_person on actions (person_id, due_on) where person_id is not null;

create index actions_by_plan on actions (plan) where plan is not null;

create index actions_by_meeting on actions (meeting) where meeting is not null;

create index actions_by_placement on actions (placement) where placement is not null;

create index actions_unreviewed on actions (review_on) where state = 'open' and suspended_on is null;

create index actions_by_end on actions (delete_on);

-- Agencies that read an action beside its maker's and the one that does it: the members of its plan or meeting.
create table action_audience (
  action uuid not null references actions (id) on delete cascade,
  agency text not null references agencies (id),
  under text check (under in ('action', 'plan', 'meeting', 'cohort')),
  primary key (action, agency)
);

create index action_audience_by_agency on action_audience (agency, action);

-- Two who act at once meet at the number: the second is told.
create table action_moves (
  action uuid not null references actions (id) on delete cascade,
  seq integer not null check (seq > 0),
  action_name text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  -- Of the form that was sent: the same form twice is one move.
  request_key uuid not null unique,
  to_user uuid references users (id),
  to_agency text references agencies (id),
  due_on date,
  -- What was written: a note, a reason, a result, an answer.
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (action, seq),
  check (case action_name
    when 'finish' then state_after = 'done'
    when 'not-done' then state_after = 'not-done'
    when 'withdraw' then state_after = 'withdrawn'
    when 'note' then true
    else state_after = 'open'
  end),
  check ((action_name in ('give', 'reassign')) >= (to_user is not null)),
  check ((action_name = 'move-date') = (due_on is not null)),
  check ((action_name = 'escalate') = (to_agency is not null))
);

create function keep_action_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update actions set
    state = new.state_after,
    owner = case when new.action_name in ('give', 'reassign') then new.to_user else owner end,
    due_on = coalesce(new.due_on, due_on),
    start_on = case when start_on > new.due_on then new.due_on else start_on end,
    started_at = case when new.action_name = 'start' then new.at else started_at end,
    closed_at = case when new.action_name in ('finish', 'not-done', 'withdraw') then new.at else closed_at end,
    result = case when new.action_name in ('finish', 'not-done') then coalesce(new.detail ->> 'result', new.detail ->> 'because')
      else result end,
    escalate_to = coalesce(new.to_agency, escalate_to),
    escalated_at = case when new.action_name = 'escalate' then new.at
      when new.action_name = 'answer-escalation' or new.state_after <> 'open' then null else escalated_at end,
    -- R10: whatever is done about it was a look at it. No review lies more than 180 days off.
    review_on = least(
      greatest(coalesce(new.due_on, due_on), (new.at at time zone 'Europe/London')::date + review_days),
      (new.at at time zone 'Europe/London')::date + 180, delete_on),
    suspended_on = null
  where id = new.action and new.action_name <> 'make';
  return null;
end $$;

create trigger action_state after insert on action_moves for each row execute function keep_action_state();

-- An agency's actions stay with the person whom its record is about: joined, or parted again.
create function take_actions_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update actions set person_id = new.person_id where person_id = old.person_id and made_by_agency = new.agency;
  end if;
  return null;
end $$;

create trigger actions_follow_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_actions_along();

-- Names must not live on in the planner's statistics.
alter table actions alter column what set statistics 0, alter column result set statistics 0;

alter table action_moves alter column detail set statistics 0;

-- Behind the policies: a policy that asked through policies would ask itself.

-- Who does it and who asked for it know who else reads it.
create function viewer_answers_for_action(the_action uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_reads_people() and exists (
    select from actions a where a.id = the_action and viewer_agency() in (a.agency, a.made_by_agency))
$$;

create function viewer_may_show_action(the_action uuid, to_agency text, by_field text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_answers_for_action(the_action) and exists (
    select from actions a where a.id = the_action and to_agency not in (a.agency, a.made_by_agency) and case
      when by_field is null then not a.personal
      else agreement_covers(a.made_by_agency, to_agency, a.purpose, array[by_field])
    end)
$$;

revoke execute on function viewer_answers_for_action, viewer_may_show_action, take_actions_along, keep_action_state
  from public;

grant execute on function viewer_answers_for_action, viewer_may_show_action to concord_member;

alter table action_audience enable row level security;

create policy read_audience on action_audience for select to concord_member using (
  agency = (select viewer_reading_agency()) or viewer_answers_for_action(action)
);

create policy widen_audience on action_audience for insert to concord_member with check (
  viewer_may_show_action(action, agency, under)
);

alter table actions enable row level security;

-- The agency that does it; whoever asked for it and the coordinators of their agency; and, for the purpose for which it
-- was made, the agencies in its audience. What crossed under an agreement is there while that is in force.
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
        and (x.under is null or (actions.purpose = (select viewer_purpose())
          and (actions.made_by_agency, x.under, actions.purpose) in (select agency, field, purpose from viewer_agreed()))))
  )
);

-- Only of somebody whose page the maker may open, or as part of what is decided about them elsewhere.
create policy make_actions on actions for insert to concord_member with check (
  viewer_reads_people() and made_by = viewer_user() and made_by_agency = viewer_agency() and made_at = present()
  and purpose = viewer_purpose() and state = 'open' and started_at is null and result is null and escalated_at is null
  and restricted_at is null and suspended_on is null
  and due_on between present_day() and present_day() + 180 and review_on between due_on and present_day() + 180
  and agency in (select g.id from agencies g where g.closed_on is null)
  and (owner is null or owner in (select u.id from users u where u.agency = actions.agency and u.state = 'active'))
  and (agency = made_by_agency or case
    when under is null then not personal
    else agreement_covers(made_by_agency, agency, purpose, array[under])
  end)
  and (person_id is null or coalesce(plan, meeting, placement) is not null or viewer_sees_person(person_id))
);

alter table action_moves enable row level security;

create policy read_action_moves on action_moves for select to concord_member using (
  exists (select from actions a where a.id = action)
);

create policy move_actions on action_moves for insert to concord_member with check (
  by_user = (select viewer_user()) and by_agency = (select viewer_agency()) and at = present()
  and exists (
    select from actions a
    where a.id = action
      and case when action_name = 'note' then state_after = a.state else a.state = 'open' end
      and (to_user is null or to_user in (select u.id from users u where u.agency = a.agency and u.state = 'active'))
      and case
        when action_name = 'make' then a.made_by = (select viewer_user()) and a.made_at = present() and seq = 1
        when action_name = 'note' then true
        when action_name in ('give', 'start') then a.agency = (select viewer_agency())
        when action_name = 'reassign' then a.agency = (select viewer_agency())
          and (a.owner = (select viewer_user()) or (select viewer_role()) = 'coordinator')
        when action_name = 'answer-escalation' then a.escalate_to = (select viewer_agency())
          and (select viewer_role()) in ('coordinator', 'commander')
        when action_name in ('finish', 'not-done', 'move-date', 'escalate') and a.agency = (select viewer_agency()) then true
        when action_name in ('finish', 'not-done', 'move-date', 'escalate', 'withdraw') then
          a.made_by_agency = (select viewer_agency())
          and (a.made_by = (select viewer_user()) or (select viewer_role()) = 'coordinator')
        else false
      end
  )
);

grant select, insert on actions, action_audience, action_moves to concord_member;

-- The synthetic partnership never stands beside real casework: before what it leans on is ended (0013).
create function end_demonstration_of_actions() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from actions where made_by in (select id from users where synthetic);
  return null;
end $$;

revoke execute on function end_demonstration_of_actions from public;

create trigger actions_end_with_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_actions();
