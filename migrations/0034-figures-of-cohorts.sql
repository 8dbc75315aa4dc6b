-- What is counted of cohorts, plans, actions and meetings (docs/decisions/0023-casework-counted.md): a function gives the rows of
-- each dataset as they stood at a moment, and a trigger keeps the rows of what is deleted as counts.

-- As 0021 has it, but that one thing may be several rows: a placement has many reviews.
create or replace function keep_count() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  execute format(
    'insert into kept_counts (dataset, counted, invented, rows)
     select %L, counted, invented, count(*) from %I(''infinity'') where id = $1 group by counted, invented
     on conflict (dataset, counted, invented) do update set rows = kept_counts.rows + excluded.rows',
    tg_argv[0], tg_argv[1]
  ) using old.id;
  return old;
end $$;

-- The first day that is not counted any more. Of what is deleted, all that was due before its deletion is counted.
create function uncounted_from(before timestamptz) returns date language sql stable
  return london_day(least(before, coalesce(nullif(current_setting('concord.now', true), '')::timestamptz, clock_timestamp())));

-- What is known of somebody. Where records differ, that of the agency that works with them goes before others'.
create function known_of(the_person uuid, the_agency text) returns table (birth date, gender text, ethnicity text)
language sql stable as $$
  select
    (array_agg(r.birth_date order by r.agency = the_agency desc, r.id) filter (where r.birth_date is not null))[1],
    (array_agg(r.gender order by r.agency = the_agency desc, r.id) filter (where r.gender <> ''))[1],
    (array_agg(r.ethnicity_self order by r.agency = the_agency desc, r.id) filter (where r.ethnicity_self <> ''))[1]
  from agency_records r where r.person_id = the_person
$$;

-- The same in bands and groups, as the evidence has them.
create function counted_person(born date, gender text, ethnicity text, on_day date) returns jsonb language sql immutable
  return jsonb_strip_nulls(jsonb_build_object(
    'age_group', (array['under-10', '10-13', '14-15', '16-17', '18-24', '25-34', 'over-34'])[
      1 + width_bucket(extract(year from age(on_day::timestamp, born::timestamp)), array[10, 14, 16, 18, 25, 35]::numeric[])],
    'gender', case gender when 'female' then 'Female' when 'male' then 'Male' when 'another-way' then 'Other' end,
    'ethnic_group', case ethnicity when 'asian' then 'Asian' when 'black' then 'Black' when 'mixed' then 'Mixed'
      when 'white' then 'White' when 'other' then 'Other' end));

-- Steps of placements: who was proposed, placed, moved, and how it ended; a move is the leaving of one tier as well. A tier is
-- named with its scheme: labels of two schemes do not line up.
create function cohort_steps_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select p.id, u.synthetic, jsonb_strip_nulls(jsonb_build_object(
    'month', to_char(m.at at time zone 'Europe/London', 'YYYY-MM'),
    'scheme', p.scheme,
    'cohort', p.cohort,
    'tier', p.scheme || ':' || coalesce(
      case when taken.step in ('left', 'archived', 'removed', 'lapsed', 'renewed') then stood.tier
        when taken.step in ('proposed', 'placed', 'moved') then m.detail ->> 'tier' end,
      asked.tier),
    'step', taken.step,
    'from_tier', case when taken.step = 'moved' then p.scheme || ':' || stood.tier end,
    'days', case when taken.step in ('left', 'archived', 'removed') then london_day(m.at) - stood.since end,
    'prison', case when taken.step in ('placed', 'moved') then (
      select case when t.custody then 'yes' else 'no' end from tiers t where t.scheme = p.scheme and t.id = m.detail ->> 'tier') end
  )) || counted_person(coalesce(p.birth_date, known.birth), known.gender, known.ethnicity, london_day(m.at))
  from placements p
  join users u on u.id = p.proposed_by
  cross join lateral known_of(p.person_id, p.lead_agency) known
  join placement_moves m on m.placement = p.id
  join (values
    ('propose', 'proposed'), ('propose-with-approver', 'proposed'), ('withdraw', 'withdrawn'), ('turn-down', 'not-placed'),
    ('refuse', 'not-placed'), ('overtake', 'not-placed'), ('place', 'placed'), ('move', 'moved'), ('move', 'left'),
    ('lapse', 'lapsed'), ('renew', 'renewed'), ('archive', 'archived'), ('remove', 'removed')
  ) taken (action, step) on taken.action = m.action
  left join lateral (
    select s.detail ->> 'tier' as tier, london_day(s.at) as since from placement_moves s
    where s.placement = p.id and s.seq < m.seq and s.action in ('place', 'move')
    order by s.seq desc limit 1
  ) stood on true
  left join lateral (
    select s.detail ->> 'tier' as tier from placement_moves s
    where s.placement = p.id and s.seq < m.seq and s.action like 'propose%'
    order by s.seq desc limit 1
  ) asked on true
  where m.at < before
$$;

-- What the agreement of a tier asked for, by the day on which it was due: the first contact, visits, reviews. The agreement
-- is that of today: what it said before is nowhere kept.
create function agreed_checks_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select p.id, u.synthetic, jsonb_build_object(
    'month', to_char(asked.due, 'YYYY-MM'),
    'scheme', p.scheme,
    'cohort', p.cohort,
    'tier', p.scheme || ':' || stay.tier,
    'asked', asked.what,
    'kept', asked.kept
  ) || counted_person(coalesce(p.birth_date, known.birth), known.gender, known.ethnicity, asked.due)
  from placements p
  join users u on u.id = p.proposed_by
  cross join lateral known_of(p.person_id, p.lead_agency) known
  -- Everything that sets a clock: being placed or moved, and every look that says when the next is due.
  join placement_moves m on m.placement = p.id and m.at < before and m.action in ('place', 'move', 'review', 'renew')
  cross join lateral (
    select london_day(m.at) as since, (
        select s.detail ->> 'tier' from placement_moves s
        where s.placement = p.id and s.seq <= m.seq and s.action in ('place', 'move') order by s.seq desc limit 1) as tier,
      (select min(london_day(e.at)) from placement_moves e
        where e.placement = p.id and e.seq > m.seq and e.at < before and e.action in ('move', 'archive', 'remove', 'lapse')) as until,
      (select min(london_day(e.at)) from placement_moves e
        where e.placement = p.id and e.seq > m.seq and e.at < before and e.action in ('archive', 'remove', 'lapse')) as gone,
      (select min(london_day(e.at)) from placement_moves e
        where e.placement = p.id and e.seq > m.seq and e.at < before
          and e.action in ('review', 'renew', 'move', 'archive', 'remove')) as looked
  ) stay
  join tiers t on t.scheme = p.scheme and t.id = stay.tier
  cross join lateral (
    select 'first-contact' as what, stay.since + t.first_contact_days as due, case
      when met.first_day is null then 'missed' when met.first_day <= stay.since + t.first_contact_days then 'in-time'
      else 'late' end as kept
    from (
      select min(c.on_day) as first_day from placement_contacts c
      where c.placement = p.id and c.how <> 'tried' and c.on_day >= stay.since and c.noted_at < before
    ) met
    -- Nobody can be late for whoever left before the day came.
    where m.action = 'place'
      and (stay.gone is null or stay.gone >= stay.since + t.first_contact_days or met.first_day is not null)
    union all
    select 'visit', stay.since + n * t.visit_every, case when exists (
        select from placement_contacts c
        where c.placement = p.id and c.how <> 'tried' and c.noted_at < before
          and c.on_day between stay.since + (n - 1) * t.visit_every + (n > 1)::integer and stay.since + n * t.visit_every
      ) then 'in-time' else 'missed' end
    from generate_series(1, (least(stay.until, uncounted_from(before) - 1) - stay.since) / t.visit_every) n
    where m.action in ('place', 'move', 'renew')
    union all
    select 'review', (m.detail ->> 'reviewOn')::date, case
      when stay.looked is null then 'missed' when stay.looked <= (m.detail ->> 'reviewOn')::date then 'in-time'
      else 'late' end
    where m.detail ? 'reviewOn'
  ) asked
  where asked.due < uncounted_from(before)
$$;

-- Whether an end is of the synthetic partnership: said at its writing, as the placement is gone sooner. The program's own.
create table invented_ends (
  removal uuid primary key references removals (id) on delete cascade
);

alter table invented_ends enable row level security;

create function mark_invented_end() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into invented_ends (removal)
  select new.id from placements p join users u on u.id = p.proposed_by where p.id = new.placement and u.synthetic;
  return null;
end $$;

create trigger removal_invented after insert on removals for each row execute function mark_invented_end();

insert into invented_ends (removal)
select r.id from removals r where not exists (select from users u where not u.synthetic);

-- Agencies that were told of an end (R11), a week after they were: five working days and a weekend.
create function removal_notices_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select r.id, exists (select from invented_ends e where e.removal = r.id), jsonb_build_object(
    'month', to_char(r.told_at at time zone 'Europe/London', 'YYYY-MM'),
    'scheme', c.scheme,
    'cohort', r.cohort,
    'agency', r.agency,
    'step', r.how,
    'kept', case when r.confirmed_at is null or r.confirmed_at >= before then 'missed'
      when london_day(r.confirmed_at) <= london_day(r.told_at) + 7 then 'in-time' else 'late' end)
  from removals r join cohorts c on c.id = r.cohort
  where r.told_at < before and london_day(r.told_at) + 7 < uncounted_from(before)
$$;

-- The cohort and tier in which somebody stood when a need of theirs was written down: the placement is gone sooner than the
-- plan. The program's own: members of a plan may not be members of the panel.
create table need_tiers (
  need uuid primary key references plan_statements (id) on delete cascade,
  cohort text not null references cohorts (id),
  tier text not null
);

alter table need_tiers enable row level security;

-- In the one of the plan, or the one in which they were first.
create function note_need_tier(the_need uuid) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into need_tiers (need, cohort, tier)
  select s.id, p.cohort, p.scheme || ':' || p.tier
  from plan_statements s join plans l on l.id = s.plan join placements p on p.person_id = l.person_id
  where s.id = the_need and s.kind = 'need' and p.tier is not null and p.placed_on <= london_day(s.made_at)
    and p.state in ('placed', 'move-to-approve', 'move-to-decide')
  order by p.id = l.placement desc nulls last, p.placed_on, p.id limit 1
  on conflict do nothing
$$;

create function need_in_tier() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform note_need_tier(new.id);
  return null;
end $$;

create trigger need_tier after insert on plan_statements for each row when (new.kind = 'need') execute function need_in_tier();

select note_need_tier(s.id) from plan_statements s where s.kind = 'need';

-- Needs of people with a plan. Not by pathway: mediation and mental health are closed to police (R17).
create function needs_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select l.id, u.synthetic, jsonb_strip_nulls(jsonb_build_object(
    'month', to_char(s.made_at at time zone 'Europe/London', 'YYYY-MM'),
    'scheme', coalesce(split_part(n.tier, ':', 1), 'none'),
    'cohort', coalesce(n.cohort, 'none'),
    'tier', coalesce(n.tier, 'none'),
    'outcome', case when s.ended_at < before then 'ended' else 'open' end,
    'offer', case when offers.taken then 'taken-up' when offers.made then 'offered' else 'none' end
  )) || counted_person(known.birth, known.gender, known.ethnicity, london_day(s.made_at))
  from plans l
  join users u on u.id = l.made_by
  cross join lateral known_of(l.person_id, l.lead_agency) known
  join plan_statements s on s.plan = l.id and s.kind = 'need'
  left join need_tiers n on n.need = s.id
  cross join lateral (
    select count(*) > 0 as made, coalesce(bool_or(exists (
      select from offer_moves v where v.offer = o.id and v.move = 'take-up' and v.at < before)), false) as taken
    from plan_offers o where o.need = s.id and o.made_at < before
  ) offers
  where l.person_id is not null and s.made_at < before
$$;

-- The cohort and tier in which somebody stood when they went into custody. Two agencies may keep one custody: it is counted with
-- the first. The program's own: who knows of a custody may not know of a placement.
create table custody_tiers (
  spell uuid primary key references custody_spells (id) on delete cascade,
  cohort text not null references cohorts (id),
  tier text not null
);

alter table custody_tiers enable row level security;

create function note_custody_tier(the_spell uuid) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into custody_tiers (spell, cohort, tier)
  select s.id, p.cohort, p.scheme || ':' || p.tier
  from custody_spells s join placements p on p.person_id = s.person_id
  where s.id = the_spell and p.tier is not null and p.placed_on <= s.since
    and p.state in ('placed', 'move-to-approve', 'move-to-decide')
    and not exists (
      select from custody_tiers t join custody_spells o on o.id = t.spell
      where o.person_id = s.person_id and o.id <> s.id and o.state = 'in')
  order by p.placed_on, p.id limit 1
  on conflict do nothing
$$;

create function custody_in_tier() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform note_custody_tier(new.id);
  return null;
end $$;

create trigger custody_tier after insert on custody_spells for each row execute function custody_in_tier();

select note_custody_tier(s.id) from custody_spells s order by s.made_at;

create function custody_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select s.id, u.synthetic, jsonb_build_object(
    'month', to_char(s.since, 'YYYY-MM'),
    'scheme', split_part(t.tier, ':', 1),
    'cohort', t.cohort,
    'tier', t.tier
  ) || counted_person(known.birth, known.gender, known.ethnicity, s.since)
  from custody_spells s
  join custody_tiers t on t.spell = s.id
  join users u on u.id = s.made_by
  cross join lateral known_of(s.person_id, s.agency) known
  where s.made_at < before and s.since < uncounted_from(before) and not exists (
    select from custody_moves m where m.spell = s.id and m.move = 'withdraw' and m.at < before)
$$;

create trigger custody_counted before delete on custody_spells
  for each row execute function keep_count('custody-in-cohorts', 'custody_counted');

-- The day that was agreed first: a later one takes its place in the row of the action.
alter table actions add column first_due_on date;

update actions set first_due_on = due_on;

alter table actions alter column first_due_on set not null;

create function keep_first_due() returns trigger language plpgsql as $$
begin
  new.first_due_on := new.due_on;
  return new;
end $$;

create trigger action_first_due before insert on actions for each row execute function keep_first_due();

-- Actions that were due, by the day that was agreed last.
create function actions_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select a.id, u.synthetic, jsonb_strip_nulls(jsonb_build_object(
    'month', to_char(agreed.due, 'YYYY-MM'),
    'agency', a.agency,
    'four_p', a.four_p,
    'subject', case when a.person_id is not null then 'person' when a.group_id is not null then 'group'
      when a.place_id is not null then 'place' when a.line_id is not null then 'line' else 'none' end,
    'origin', case when a.plan is not null then 'plan' when a.meeting is not null then 'meeting'
      when a.placement is not null then 'placement' else 'other' end,
    'outcome', case closed.action_name when 'withdraw' then 'withdrawn' when 'not-done' then 'not-done'
      when 'finish' then case when london_day(closed.at) <= agreed.due then 'in-time' else 'late' end else 'overdue' end,
    'date_moved', case when agreed.moved then 'yes' else 'no' end
  )) || counted_person(known.birth, known.gender, known.ethnicity, agreed.due)
  from actions a
  join users u on u.id = a.made_by
  cross join lateral known_of(a.person_id, a.agency) known
  cross join lateral (
    select coalesce(max(moved_to), a.first_due_on) as due, count(*) > 0 as moved from (
      select m.due_on as moved_to from action_moves m
      where m.action = a.id and m.action_name = 'move-date' and m.at < before order by m.seq desc limit 1) last
  ) agreed
  left join lateral (
    select m.action_name, m.at from action_moves m
    where m.action = a.id and m.action_name in ('finish', 'not-done', 'withdraw') and m.at < before
    order by m.seq desc limit 1
  ) closed on true
  where a.made_at < before and agreed.due < uncounted_from(before)
$$;

-- Seats of meetings that were held, and who came.
create function meeting_attendance_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select m.id, u.synthetic, jsonb_build_object(
    'month', to_char(m.starts_at at time zone 'Europe/London', 'YYYY-MM'),
    'meeting_type', m.type,
    'agency', x.agency,
    'attendance', x.attendance)
  from meetings m
  join meeting_members x on x.meeting = m.id
  join users u on u.id = x.user_id
  where m.state = 'closed' and m.closed_at < before
$$;

-- After an archive: who it was, in bands and groups; and what the evidence says of the months since, once it reaches so far.
-- { "3": { "harmed": false, "charged": false }, "6": … }, written by the program (src/casework/progress/after-archive.ts).
alter table after_archive
  add column invented boolean not null default false,
  add column described jsonb not null default '{}' check (jsonb_typeof(described) = 'object'),
  add column found jsonb not null default '{}' check (jsonb_typeof(found) = 'object');

update after_archive set invented = true where not exists (select from users u where not u.synthetic);

alter table after_archive alter column described set statistics 0, alter column found set statistics 0;

create function describe_archived() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update after_archive a set invented = u.synthetic,
    tier = p.scheme || ':' || a.tier,
    described = counted_person(coalesce(p.birth_date, known.birth), known.gender, known.ethnicity, london_day(new.at))
  from placements p join users u on u.id = p.proposed_by cross join lateral known_of(p.person_id, p.lead_agency) known
  where p.id = new.placement and a.pseudonym = new.detail ->> 'pseudonym' and a.cohort = p.cohort
    and a.archived_on = london_day(new.at) and position(':' in a.tier) = 0;
  return null;
end $$;

-- After `placement_state`, by the order of their names: that writes the row.
create trigger placement_state_described after insert on placement_moves for each row
  when (new.action = 'archive' and new.detail ? 'pseudonym') execute function describe_archived();

update after_archive a set tier = c.scheme || ':' || a.tier from cohorts c where c.id = a.cohort and position(':' in a.tier) = 0;

create function after_archive_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select a.id, a.invented, jsonb_build_object(
    'month', to_char(a.archived_on, 'YYYY-MM'),
    'scheme', split_part(a.tier, ':', 1),
    'cohort', a.cohort,
    'tier', a.tier,
    'months_after', f.key,
    'harmed', case when (f.value ->> 'harmed')::boolean then 'yes' else 'no' end,
    'charged', case when (f.value ->> 'charged')::boolean then 'yes' else 'no' end
  ) || a.described
  from after_archive a cross join lateral jsonb_each(a.found) f
  where a.archived_on < uncounted_from(before)
$$;

-- Steps were counted apart until now, in a table that no figure came from: one way of counting protects small numbers once.
drop table placement_counts;

-- As 0025 has it, without that.
create or replace function keep_placement_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before placements;
  on_day date := london_day(new.at);
  next_review date := (new.detail ->> 'reviewOn')::date;
  ended boolean := new.state_after in ('refused', 'withdrawn', 'archived', 'removed');
  ends date;
  other record;
begin
  select * into before from placements where id = new.placement for update;
  -- What has ended is deleted soon: the names of those who were told of a removal go when all have confirmed it.
  ends := case when ended
    then least(before.delete_on, on_day + case when new.state_after in ('archived', 'removed') then 90 else 28 end)
    else before.delete_on end;
  -- R10, whatever a form said.
  if next_review is not null and next_review not between on_day + 1 and on_day + 180 then
    raise exception 'No review lies further off than 180 days.' using errcode = 'check_violation';
  end if;
  update placements p set
    state = new.state_after, state_by = new.by_user, state_at = new.at,
    tier = case when new.action in ('place', 'move') then new.detail ->> 'tier' else tier end,
    wanted = case
      when new.action like 'propose%' then new.detail ->> 'tier'
      when new.state_after in ('placed', 'lapsed') or ended then null
      else wanted end,
    owner = case when new.action in ('place', 'move', 'give-to') then coalesce((new.detail ->> 'owner')::uuid, owner) else owner end,
    placed_on = case when new.action = 'place' then on_day else placed_on end,
    notice = case new.action when 'place' then 'due' when 'give-notice' then 'given' when 'withhold-notice' then 'withheld' else notice end,
    -- When it has to be given, was given, or is looked at again.
    notice_on = case new.action when 'place' then on_day + 7 when 'give-notice' then on_day
      when 'withhold-notice' then (new.detail ->> 'againOn')::date else notice_on end,
    challenged_at = case when new.action = 'challenge' then new.at else challenged_at end,
    suspended_on = case when new.action = 'renew' then null else suspended_on end,
    delete_on = ends,
    -- `least` passes over what is null: a step that says nothing of the next review leaves its day where it was.
    review_on = case when ended then ends when next_review is null then review_on else least(next_review, ends) end
  where id = new.placement;
  if new.action = 'place' then
    -- Other panels of the scheme that were about to decide on the same person are told that one has.
    for other in
      select o.id, (select max(m.seq) from placement_moves m where m.placement = o.id) as seq
      from placements o
      where o.person_id = before.person_id and o.scheme = before.scheme and o.id <> before.id
        and o.state in ('to-approve', 'to-decide')
    loop
      insert into placement_moves (placement, seq, action, state_after, at, request_key)
      values (other.id, other.seq + 1, 'overtake', 'refused', new.at, gen_random_uuid());
    end loop;
  end if;
  if new.state_after in ('archived', 'removed') then
    perform tell_recipients(new.placement, new.state_after, new.at);
  end if;
  if new.action = 'archive' and new.detail ->> 'pseudonym' is not null then
    insert into after_archive (pseudonym, cohort, tier, archived_on, delete_on)
    values (new.detail ->> 'pseudonym', before.cohort, before.tier, on_day, on_day + 548)
    on conflict do nothing;
    update placement_moves set detail = detail - 'pseudonym' where placement = new.placement and seq = new.seq;
  end if;
  return null;
end $$;

drop function count_placement;

create or replace function end_demonstration_of_cohorts() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from users where synthetic and state <> 'left') then
    delete from placements where proposed_by in (select id from users where synthetic);
    delete from placement_drafts where author in (select id from users where synthetic);
    delete from panel_members where user_id in (select id from users where synthetic);
    delete from removals;
    delete from after_archive;
  end if;
  return null;
end $$;

create trigger placement_steps_counted before delete on placements
  for each row execute function keep_count('cohort-steps', 'cohort_steps_counted');

create trigger placement_checks_counted before delete on placements
  for each row execute function keep_count('agreed-checks', 'agreed_checks_counted');

create trigger removal_counted before delete on removals
  for each row execute function keep_count('removal-notices', 'removal_notices_counted');

create trigger plan_needs_counted before delete on plans
  for each row execute function keep_count('needs', 'needs_counted');

create trigger action_counted before delete on actions
  for each row execute function keep_count('actions', 'actions_counted');

create trigger meeting_counted before delete on meetings
  for each row execute function keep_count('meeting-attendance', 'meeting_attendance_counted');

create trigger after_archive_kept before delete on after_archive
  for each row execute function keep_count('after-archive', 'after_archive_counted');

revoke execute on function uncounted_from, known_of, counted_person, cohort_steps_counted, agreed_checks_counted, mark_invented_end,
  removal_notices_counted, note_need_tier, need_in_tier, needs_counted, note_custody_tier, custody_in_tier, custody_counted, keep_first_due, actions_counted,
  meeting_attendance_counted, describe_archived, after_archive_counted from public;
