-- 4P plans: what a person, a group, a place or a line of drug supply needs, who does what about it under Pursue, Prevent,
-- Protect and Prepare, what was offered and taken up, and what they say themselves. There is no column for a score, a rank
-- or a colour, nor for a count, and none may be added (R6).

-- Places and lines in so far as plans can be about them. Of people there is nothing here.
create table places (
  -- Of the form that was sent: the same form twice is one place.
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  kind text not null,
  address text not null default '',
  agency text not null references agencies (id),
  owner uuid not null references users (id),
  purpose text not null,
  legal_basis text not null,
  created_at timestamptz not null,
  review_on date not null,
  delete_on date not null,
  suspended_on date
);

create index places_by_agency on places (agency, name);

create table lines (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  origin text not null default '',
  destinations text[] not null default '{}',
  status text not null default 'active' check (status in ('active', 'disrupted', 'closed')),
  agency text not null references agencies (id),
  owner uuid not null references users (id),
  purpose text not null,
  legal_basis text not null,
  created_at timestamptz not null,
  review_on date not null,
  delete_on date not null,
  suspended_on date
);

create index lines_by_agency on lines (agency, name);

create table plans (
  -- Of the form that was sent: the same form twice is one plan.
  id uuid primary key,
  reference text not null unique,
  person_id uuid references persons (id),
  group_id uuid,
  place_id uuid references places (id) on delete cascade,
  line_id uuid references lines (id) on delete cascade,
  placement uuid,
  -- As the members read whom or what it is about.
  called text not null check (length(called) between 1 and 200),
  child boolean not null,
  aim text not null,
  -- Why a child's plan holds nothing but Pursue.
  pursue_alone_because text,
  lead_agency text not null references agencies (id),
  owner uuid not null references users (id),
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_at timestamptz,
  outcome text,
  made_by uuid not null references users (id),
  made_at timestamptz not null,
  changed_at timestamptz not null,
  -- Raised with every change of its words: two editors at once are told.
  edition integer not null default 1,
  purpose text not null,
  legal_basis text not null,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  check (num_nonnulls(person_id, group_id, place_id, line_id) = 1),
  check ((state = 'open') = (closed_at is null)),
  check (delete_on >= review_on),
  check (not child or person_id is not null)
);

create index plans_by_lead on plans (lead_agency, state, review_on);

create index plans_by_owner on plans (owner, state, review_on);

create index plans_by_person on plans (person_id) where person_id is not null;

create table plan_members (
  plan uuid not null references plans (id) on delete cascade,
  agency text not null references agencies (id),
  -- Who of the agency; where nobody is named, all of it who work with people.
  users uuid[] not null default '{}',
  since timestamptz not null,
  added_by uuid not null references users (id),
  primary key (plan, agency)
);

create index plan_members_by_agency on plan_members (agency, plan);

create table plan_moves (
  plan uuid not null references plans (id) on delete cascade,
  seq integer not null check (seq > 0),
  move text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  to_user uuid references users (id),
  to_agency text references agencies (id),
  review_on date,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (plan, seq),
  check (case move when 'close' then state_after = 'closed' else state_after = 'open' end),
  check ((move = 'hand-over') = (to_user is not null)),
  check ((move in ('add-member', 'remove-member')) = (to_agency is not null)),
  check ((move in ('review', 'reopen')) = (review_on is not null))
);

-- What is said in a plan: a strength, a need, their own words, what they were told, a turning point.
create table plan_statements (
  id uuid primary key,
  plan uuid not null references plans (id) on delete cascade,
  kind text not null check (kind in ('strength', 'need', 'words', 'told', 'turning-point')),
  text text not null check (length(text) between 1 and 5000),
  on_day date not null,
  -- Of a need: the exit pathway on which it is met. Of a turning point: what turned.
  pathway text,
  turning text,
  -- Entries that a need rests on: while one of them is restricted, so is the need (R22).
  entries uuid[] not null default '{}',
  agency text not null references agencies (id),
  author uuid not null references users (id),
  made_at timestamptz not null,
  changed_at timestamptz not null,
  edition integer not null default 1,
  -- Of a need: met, or no need any more.
  ended_at timestamptz,
  ended_by uuid references users (id),
  ended_because text,
  restricted_at timestamptz,
  check (pathway is null or kind = 'need'),
  check ((kind = 'turning-point') = (turning is not null)),
  check (num_nulls(ended_at, ended_by, ended_because) in (0, 3)),
  check (ended_at is null or kind = 'need')
);

create index plan_statements_by_plan on plan_statements (plan, made_at);

-- An offer on an exit pathway: taken up or not, and what came of it.
create table plan_offers (
  id uuid primary key,
  plan uuid not null references plans (id) on delete cascade,
  need uuid references plan_statements (id) on delete set null,
  pathway text not null,
  what text not null check (length(what) between 1 and 2000),
  -- Who gives the help, as it is called.
  provider text not null,
  state text not null check (state in ('offered', 'taken-up', 'declined', 'not-reached', 'ended')),
  state_at timestamptz not null,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  made_at timestamptz not null,
  restricted_at timestamptz
);

create index plan_offers_by_plan on plan_offers (plan, made_at);

create table offer_moves (
  offer uuid not null references plan_offers (id) on delete cascade,
  seq integer not null check (seq > 0),
  move text not null,
  state_after text not null,
  on_day date not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (offer, seq)
);

-- What an agency does again and again, as actions without anybody's name.
create table plan_templates (
  id uuid primary key,
  agency text not null references agencies (id),
  name text not null check (length(name) between 1 and 200),
  subject text not null check (subject in ('person', 'group', 'place', 'line')),
  -- [{ "what": …, "fourP": …, "days": working days until it is due }]
  actions jsonb not null check (jsonb_typeof(actions) = 'array'),
  made_by uuid not null references users (id),
  made_at timestamptz not null,
  unique (agency, name)
);

alter table actions
  add column need uuid references plan_statements (id) on delete set null,
  add foreign key (plan) references plans (id) on delete cascade,
  add foreign key (place_id) references places (id) on delete cascade,
  add foreign key (line_id) references lines (id) on delete cascade;

-- Names must not live on in the planner's statistics.
alter table places alter column name set statistics 0, alter column address set statistics 0;

alter table lines alter column name set statistics 0;

alter table plans
  alter column called set statistics 0, alter column aim set statistics 0,
  alter column pursue_alone_because set statistics 0, alter column outcome set statistics 0;

alter table plan_moves alter column detail set statistics 0;

alter table plan_statements alter column text set statistics 0, alter column ended_because set statistics 0;

alter table plan_offers alter column what set statistics 0, alter column provider set statistics 0;

alter table offer_moves alter column detail set statistics 0;

create function keep_plan_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update plans set
    state = new.state_after,
    closed_at = case when new.move = 'close' then new.at when new.move = 'reopen' then null else closed_at end,
    outcome = case when new.move = 'close' then new.detail ->> 'outcome' when new.move = 'reopen' then null else outcome end,
    owner = coalesce(new.to_user, owner),
    pursue_alone_because = case when new.move = 'pursue-alone' then new.detail ->> 'because' else pursue_alone_because end,
    review_on = coalesce(new.review_on, review_on),
    suspended_on = case when new.move in ('review', 'reopen') then null else suspended_on end,
    -- R12: a closed plan is kept a year at most; an open one that is looked at again, until it is to be looked at next.
    delete_on = case
      when new.move = 'close' then greatest(review_on, least(delete_on, (new.at at time zone 'Europe/London')::date + 365))
      else greatest(delete_on, coalesce(new.review_on, review_on) + 30)
    end
  where id = new.plan and new.move <> 'make';
  return null;
end $$;

create trigger plan_state after insert on plan_moves for each row execute function keep_plan_state();

create function keep_offer_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update plan_offers set state = new.state_after, state_at = new.at where id = new.offer;
  return null;
end $$;

create trigger offer_state after insert on offer_moves for each row execute function keep_offer_state();

-- A plan stays with the person whom its agency's record is about, and every action of it.
create function take_plans_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update actions a set person_id = new.person_id from plans p
      where a.plan = p.id and p.person_id = old.person_id and p.lead_agency = new.agency;
    update plans set person_id = new.person_id where person_id = old.person_id and lead_agency = new.agency;
  end if;
  return null;
end $$;

create trigger plans_follow_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_plans_along();

-- Whoever leads a plan says that a need is met; what somebody wrote is changed by them or a coordinator of theirs alone.
create function refuse_words_of_others() returns trigger language plpgsql as $$
begin
  if current_user = 'concord_member' and old.author <> viewer_user()
    and not (old.agency = viewer_agency() and viewer_role() = 'coordinator')
    and (new.text, new.on_day, new.pathway, new.turning) is distinct from (old.text, old.on_day, old.pathway, old.turning)
  then
    raise exception 'Only who wrote it, or a coordinator of theirs, changes it.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger words_are_their_authors before update on plan_statements for each row execute function refuse_words_of_others();

-- Actions of a plan go with it; only the others follow the record of the agency that made them.
create or replace function take_actions_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update actions set person_id = new.person_id
      where person_id = old.person_id and made_by_agency = new.agency and plan is null;
  end if;
  return null;
end $$;

-- R17: on these pathways stand mediation and health, which police cannot open. Named as in
-- src/casework/plans/pathways.ts; a test compares the two.
create function pathways_closed_to_police() returns text[] language sql immutable
  return array['mediation', 'mental-health'];

-- Behind the policies: they would ask themselves.

create function viewer_plans() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id from plans p
  where p.lead_agency = viewer_reading_agency() and (p.suspended_on is null or viewer_role() = 'coordinator')
  union
  select p.id from plan_members m join plans p on p.id = m.plan
  where m.agency = viewer_reading_agency() and p.suspended_on is null and p.purpose = viewer_purpose()
    and (m.users = '{}' or viewer_user() = any (m.users) or viewer_role() in ('coordinator', 'commander'))
    and (p.lead_agency, 'plan', p.purpose) in (select g.agency, g.field, g.purpose from viewer_agreed() g)
$$;

-- Needs on the pathways that police do not see, where the viewer is police: what is done about them is not there either.
create function viewer_closed_needs() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id from plan_statements s where viewer_is_police() and s.pathway = any (pathways_closed_to_police())
$$;

-- Whether the plan is a child's that would hold nothing but Pursue without this action, and says no reason.
create function plan_would_only_pursue(the_plan uuid, without uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from plans p where p.id = the_plan and p.child and p.pursue_alone_because is null)
    and exists (select from actions a
      where a.plan = the_plan and a.state <> 'withdrawn' and a.four_p = 'pursue' and a.id is distinct from without)
    and not exists (select from actions a
      where a.plan = the_plan and a.state <> 'withdrawn' and a.four_p <> 'pursue' and a.id is distinct from without)
$$;

-- E2: a child's plan never holds only Pursue without a recorded reason, whatever way it came there.
create function refuse_only_pursue() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if plan_would_only_pursue(new.plan, null) then
    raise exception 'A child''s plan holds something beside Pursue, or says why it does not.' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger no_childs_plan_pursues_alone after insert or update of state on actions
  deferrable initially deferred for each row when (new.plan is not null) execute function refuse_only_pursue();

revoke execute on function keep_plan_state, keep_offer_state, take_plans_along, viewer_plans, viewer_closed_needs,
  plan_would_only_pursue, refuse_only_pursue from public;

grant execute on function viewer_plans, viewer_closed_needs, plan_would_only_pursue to concord_member;

alter table places enable row level security;

create policy read_places on places for select to concord_member using (
  agency = (select viewer_reading_agency())
  and (suspended_on is null or (select viewer_role()) = 'coordinator')
);

create policy write_places on places for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and owner = viewer_user() and created_at = present()
  and purpose = viewer_purpose() and suspended_on is null and review_on between present_day() + 1 and present_day() + 180
);

alter table lines enable row level security;

create policy read_lines on lines for select to concord_member using (
  agency = (select viewer_reading_agency())
  and (suspended_on is null or (select viewer_role()) = 'coordinator')
);

create policy write_lines on lines for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and owner = viewer_user() and created_at = present()
  and purpose = viewer_purpose() and suspended_on is null and review_on between present_day() + 1 and present_day() + 180
);

-- R10: whoever works there looks at it again.
create policy review_places on places for update to concord_member
  using ((select viewer_keeps_records()) and agency = (select viewer_agency()))
  with check (suspended_on is null and review_on between present_day() + 1 and present_day() + 180);

create policy review_lines on lines for update to concord_member
  using ((select viewer_keeps_records()) and agency = (select viewer_agency()))
  with check (suspended_on is null and review_on between present_day() + 1 and present_day() + 180);

alter table plans enable row level security;

create policy read_plans on plans for select to concord_member using (
  (lead_agency = (select viewer_reading_agency()) and (suspended_on is null or (select viewer_role()) = 'coordinator'))
  or id in (select viewer_plans())
);

create policy make_plans on plans for insert to concord_member with check (
  viewer_keeps_records() and lead_agency = viewer_agency() and made_by = viewer_user() and made_at = present()
  and purpose = viewer_purpose() and state = 'open' and edition = 1 and suspended_on is null and outcome is null
  and pursue_alone_because is null and review_on between present_day() + 1 and present_day() + 180
  and owner in (select u.id from users u where u.agency = viewer_agency() and u.state = 'active')
  and (person_id is null or viewer_holds(person_id))
  and (place_id is null or place_id in (select id from places))
  and (line_id is null or line_id in (select id from lines))
);

-- Its words, by the agency that leads it; everything else follows from moves.
create policy change_plans on plans for update to concord_member
  using ((select viewer_keeps_records()) and lead_agency = (select viewer_agency()) and state = 'open')
  with check (lead_agency = (select viewer_agency()));

alter table plan_members enable row level security;

create policy read_plan_members on plan_members for select to concord_member using (plan in (select id from plans));

create policy add_plan_members on plan_members for insert to concord_member with check (
  viewer_keeps_records() and added_by = viewer_user() and since = present()
  and exists (
    select from plans p
    where p.id = plan and p.lead_agency = viewer_agency() and p.state = 'open' and agency <> p.lead_agency
      and agreement_covers(p.lead_agency, agency, p.purpose, array['plan']))
  and users <@ array(select u.id from users u where u.agency = plan_members.agency and u.state = 'active')
);

-- The agency says who of it works on the plan; the lead agency says so too.
create policy name_plan_members on plan_members for update to concord_member
  using ((select viewer_keeps_records()) and plan in (select id from plans where state = 'open')
    and (agency = (select viewer_agency()) or plan in (select id from plans where lead_agency = (select viewer_agency()))))
  with check (users <@ array(select u.id from users u where u.agency = plan_members.agency and u.state = 'active'));

create policy remove_plan_members on plan_members for delete to concord_member using (
  (select viewer_keeps_records())
  and (agency = (select viewer_agency()) or plan in (select id from plans where lead_agency = (select viewer_agency())))
);

alter table plan_moves enable row level security;

create policy read_plan_moves on plan_moves for select to concord_member using (plan in (select id from plans));

create policy move_plans on plan_moves for insert to concord_member with check (
  viewer_keeps_records() and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and (review_on is null or review_on between present_day() + 1 and present_day() + 180)
  and exists (
    select from plans p
    where p.id = plan and case
      when move = 'make' then p.made_by = viewer_user() and p.made_at = present() and seq = 1
      when move = 'remove-member' and to_agency = viewer_agency() then true
      when p.lead_agency <> viewer_agency() then false
      when move = 'hand-over' then (p.owner = viewer_user() or viewer_role() = 'coordinator') and p.state = 'open'
        and to_user in (select u.id from users u where u.agency = p.lead_agency and u.state = 'active')
      when move = 'reopen' then viewer_role() = 'coordinator' and p.state = 'closed'
      when move in ('change', 'add-member', 'remove-member', 'review', 'pursue-alone', 'close') then p.state = 'open'
      else false
    end)
);

alter table plan_statements enable row level security;

create policy read_statements on plan_statements for select to concord_member using (
  plan in (select id from plans) and restricted_at is null and not entries && (select restricted_entries())
  and (pathway is null or pathway <> all ((select pathways_closed_to_police())::text[]) or not (select viewer_is_police()))
);

create policy write_statements on plan_statements for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and author = viewer_user() and made_at = present() and edition = 1
  and ended_at is null and restricted_at is null and plan in (select id from plans where state = 'open')
  and entries <@ array(select e.id from entries e
    where e.agency = viewer_agency() and e.circle is null and e.person_id = (select p.person_id from plans p where p.id = plan))
);

-- By its author, a coordinator of the author's agency, or whoever leads the plan: a need is met for all of them.
create policy change_statements on plan_statements for update to concord_member
  using ((select viewer_reads_people()) and restricted_at is null and plan in (select id from plans where state = 'open')
    and (author = (select viewer_user()) or (agency = (select viewer_agency()) and (select viewer_role()) = 'coordinator')
      or plan in (select id from plans where lead_agency = (select viewer_agency())))
    and ended_at is null)
  with check (ended_by is null or (ended_by = (select viewer_user()) and ended_at = (select present())));

alter table plan_offers enable row level security;

create policy read_offers on plan_offers for select to concord_member using (
  plan in (select id from plans) and restricted_at is null
  and (pathway <> all ((select pathways_closed_to_police())::text[]) or not (select viewer_is_police()))
);

create policy make_plan_offers on plan_offers for insert to concord_member with check (
  viewer_reads_people() and agency = viewer_agency() and author = viewer_user() and made_at = present()
  and state = 'offered' and restricted_at is null and plan in (select id from plans where state = 'open')
  and (need is null or need in (select s.id from plan_statements s where s.plan = plan_offers.plan and s.kind = 'need'))
);

alter table offer_moves enable row level security;

create policy read_offer_moves on offer_moves for select to concord_member using (offer in (select id from plan_offers));

create policy move_offers on offer_moves for insert to concord_member with check (
  viewer_reads_people() and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and on_day <= present_day()
  and offer in (select o.id from plan_offers o where o.plan in (select id from plans where state = 'open'))
);

alter table plan_templates enable row level security;

create policy own_templates on plan_templates for select to concord_member using (
  (select viewer_reads_people()) and agency = (select viewer_agency())
);

create policy save_templates on plan_templates for insert to concord_member with check (
  viewer_keeps_records() and agency = viewer_agency() and made_by = viewer_user() and made_at = present()
);

create policy drop_templates on plan_templates for delete to concord_member using (
  (select viewer_keeps_records()) and agency = (select viewer_agency())
    and (made_by = (select viewer_user()) or (select viewer_role()) = 'coordinator')
);

grant select, insert on places, lines, plans, plan_members, plan_moves, plan_statements, plan_offers, offer_moves,
  plan_templates to concord_member;

grant delete on plan_members, plan_templates to concord_member;

grant update (review_on, suspended_on) on places, lines to concord_member;

grant update (called, aim, changed_at, edition) on plans to concord_member;

grant update (users) on plan_members to concord_member;

grant update (text, on_day, pathway, turning, changed_at, edition, ended_at, ended_by, ended_because) on plan_statements to concord_member;

-- The members of a plan read its actions, those that were given before they came too.
drop policy read_actions on actions;

create policy read_actions on actions for select to concord_member using (
  (select viewer_reads_people()) and restricted_at is null
  and (suspended_on is null or (select viewer_reviewing_agency()) in (agency, made_by_agency))
  and (need is null or need not in (select viewer_closed_needs()))
  and (
    (agency = (select viewer_agency())
      and (under is null or (made_by_agency, under, purpose) in (select agency, field, purpose from viewer_agreed())))
    or (made_by_agency = (select viewer_agency())
      and (made_by = (select viewer_user()) or (select viewer_role()) = 'coordinator'))
    or (plan is not null and plan in (select viewer_plans()))
    or exists (
      select from action_audience x
      where x.action = actions.id and x.agency = (select viewer_agency())
        and (x.under is null or (x.purpose = (select viewer_purpose())
          and (x.made_by_agency, x.under, x.purpose) in (select agency, field, purpose from viewer_agreed()))))
  )
);

drop policy make_actions on actions;

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
  and case
    when plan is not null then exists (
      select from plans p
      where p.id = plan and p.state = 'open' and p.person_id is not distinct from actions.person_id
        and p.group_id is not distinct from actions.group_id and p.place_id is not distinct from actions.place_id
        and p.line_id is not distinct from actions.line_id)
    else (meeting is null or meeting in (select viewer_meetings()))
      and (person_id is null or coalesce(meeting, placement) is not null or viewer_sees_person(person_id))
      and (place_id is null or place_id in (select id from places))
      and (line_id is null or line_id in (select id from lines))
  end
  and (need is null or need in (select s.id from plan_statements s where s.plan = actions.plan))
);

-- Who is told: whoever of an agency comes to a plan; who leads it now.
create function notices_of_plans(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select distinct t.told, 'plan', p.reference, '/plans/' || p.reference
  from plans p
  join plan_moves v on v.plan = p.id and v.by_user = viewer_user() and v.at = present()
  cross join lateral (
    select unnest(m.users) from plan_members m
    where the_kind = 'plan-joined' and v.move = 'add-member' and m.plan = p.id and m.agency = v.to_agency
    union
    select doers_of(null, v.to_agency) where the_kind = 'plan-joined' and v.move = 'add-member'
    union
    select v.to_user where the_kind = 'plan-handed-over' and v.move = 'hand-over'
    union
    select unnest(m.users) from plan_members m where the_kind = 'plan-closed' and v.move = 'close' and m.plan = p.id
    union
    select doers_of(null, m.agency) from plan_members m where the_kind = 'plan-closed' and v.move = 'close' and m.plan = p.id
  ) t (told)
  where p.id = subject
$$;

insert into notice_subjects values ('plan');

insert into notice_kinds (kind, found_by)
select kind, 'notices_of_plans' from unnest(array['plan-joined', 'plan-handed-over', 'plan-closed']) kind;

insert into notice_kinds (kind) values ('plan-review-due-today');

-- When a plan must be looked at again. The day after, it is hidden.
create function plan_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t, 'plan-review', 'plan', p.reference, '/plans/' || p.reference, p.changed_at, null::timestamptz, p.review_on
  from plans p cross join lateral doers_of(p.owner, p.lead_agency) t
  where p.state = 'open' and p.suspended_on is null
    and p.review_on <= coalesce(nullif(current_setting('concord.deadlines_until', true), '')::date, present_day() + 400)
$$;

insert into deadline_sources values ('plan_deadlines');

-- What is held about somebody in plans, what of it can be disputed, and who took part (0017).
create function held_in_plans(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'plan-' || p.id, 'plan', p.lead_agency, p.made_at, jsonb_build_object(
    'on', london_day(p.made_at), 'purpose', p.purpose, 'legalBasis', p.legal_basis, 'by', u.post,
    'deleteOn', p.delete_on, 'suspended', p.suspended_on is not null,
    'content', jsonb_build_object('aim', p.aim, 'state', p.state, 'outcome', p.outcome,
      'whyOnlyPursue', p.pursue_alone_because,
      'agencies', (select jsonb_agg(g.name order by g.name) from plan_members m join agencies g on g.id = m.agency where m.plan = p.id)))
  from plans p join users u on u.id = p.made_by
  where p.person_id = any (asked.subjects)
  union all
  select 'statement-' || s.id, 'plan-statement', s.agency, s.made_at, jsonb_build_object(
    'on', s.on_day, 'purpose', p.purpose, 'legalBasis', p.legal_basis, 'by', u.post, 'deleteOn', p.delete_on,
    'restricted', s.restricted_at is not null,
    'text', case when s.pathway = any (pathways_closed_to_police()) and viewer_is_police() then null
      else concat_ws(E'\n', s.text, s.ended_because) end)
  from plan_statements s join plans p on p.id = s.plan join users u on u.id = s.author
  where p.person_id = any (asked.subjects)
  union all
  select 'plan-offer-' || o.id, 'plan-offer', o.agency, o.made_at, jsonb_build_object(
    'on', london_day(o.made_at), 'purpose', p.purpose, 'legalBasis', p.legal_basis, 'by', u.post, 'deleteOn', p.delete_on,
    'restricted', o.restricted_at is not null,
    'content', case when o.pathway = any (pathways_closed_to_police()) and viewer_is_police() then null
      else jsonb_build_object('what', o.what, 'givenBy', o.provider, 'pathway', o.pathway, 'state', o.state,
        'whatHappened', (select jsonb_agg(jsonb_build_array(v.move, v.on_day, v.detail) order by v.seq)
          from offer_moves v where v.offer = o.id)) end)
  from plan_offers o join plans p on p.id = o.plan join users u on u.id = o.author
  where p.person_id = any (asked.subjects)
$$;

insert into held_sources values ('held_in_plans');

create function disputable_in_plans(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with asked as (
    select c.subjects from rights_cases c
    where c.id = the_case and rights_case_is_ready(c.id)
      and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
  )
  select s.id, 'plan-statement', g.name, s.kind || ' in plan ' || p.reference, s.on_day, s.made_at, s.restricted_at
  from asked join plans p on p.person_id = any (asked.subjects)
  join plan_statements s on s.plan = p.id join agencies g on g.id = s.agency
  union all
  select o.id, 'plan-offer', g.name, 'offer in plan ' || p.reference, london_day(o.made_at), o.made_at, o.restricted_at
  from asked join plans p on p.person_id = any (asked.subjects)
  join plan_offers o on o.plan = p.id join agencies g on g.id = o.agency
$$;

insert into disputable_kinds values
  ('plan-statement', 'plan_statements', 'disputable_in_plans'), ('plan-offer', 'plan_offers', 'disputable_in_plans');

create function took_part_in_plans(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with about as (
    select p.id, p.owner from rights_cases c join plans p on p.person_id = any (c.subjects) where c.id = the_case
  )
  select owner from about
  union
  select v.by_user from about join plan_moves v on v.plan = about.id
  union
  select s.author from about join plan_statements s on s.plan = about.id
  union
  select o.author from about join plan_offers o on o.plan = about.id
$$;

insert into part_sources values ('took_part_in_plans');

revoke execute on function notices_of_plans, plan_deadlines, held_in_plans, disputable_in_plans, took_part_in_plans from public;

create function end_demonstration_of_plans() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from plans where made_by in (select id from users where synthetic);
  delete from places where owner in (select id from users where synthetic);
  delete from lines where owner in (select id from users where synthetic);
  delete from plan_templates where made_by in (select id from users where synthetic);
  return null;
end $$;

revoke execute on function end_demonstration_of_plans from public;

create trigger plans_end_with_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_plans();
