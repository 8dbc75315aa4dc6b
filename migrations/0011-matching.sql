-- Records that may be of one person: proposed by a program, judged by a coordinator who does not see the weight, undone
-- without loss.

create table match_proposals (
  id uuid primary key default gen_random_uuid(),
  one_record uuid not null references agency_records (id) on delete cascade,
  other_record uuid not null references agency_records (id) on delete cascade,
  -- How each field compares, by its name: a level, or -1 where one side has nothing. Never the values.
  levels jsonb not null,
  -- In bits, of the pair and of nobody: shown when the decision is made.
  weight double precision not null,
  proposed_at timestamptz not null,
  unique (one_record, other_record),
  check (one_record < other_record)
);

create index match_proposals_by_other on match_proposals (other_record);

alter table match_proposals enable row level security;

-- What a decision moved, so that it can be undone.
alter table match_decisions
  add column moved_record uuid,
  add column moved_from uuid,
  add column moved_to uuid,
  add column moved_disclosures uuid[] not null default '{}',
  add column moved_requests uuid[] not null default '{}';

-- Pairs that a coordinator may judge: one record is their agency's, the other too, or that of an agency with which an
-- agreement in force lets each know what the other holds. Of another agency's record nothing is told but how it compares.
create function matches_to_judge() returns table (
  id uuid, own_record uuid, own_names jsonb, other_own_record uuid, other_own_names jsonb, agency text, agency_name text,
  levels jsonb, proposed_at timestamptz
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, own.id, own.names,
    case when other.agency = own.agency then other.id end,
    case when other.agency = own.agency then other.names end,
    other.agency, a.name, p.levels, p.proposed_at
  from match_proposals p
  join agency_records one on one.id = p.one_record
  join agency_records two on two.id = p.other_record
  cross join lateral (select
    case when one.agency = viewer_agency() then p.one_record else p.other_record end as own_id,
    case when one.agency = viewer_agency() then p.other_record else p.one_record end as other_id) sides
  join agency_records own on own.id = sides.own_id
  join agency_records other on other.id = sides.other_id
  join agencies a on a.id = other.agency
  where viewer_reads_people() and viewer_role() = 'coordinator' and own.agency = viewer_agency()
    and own.person_id <> other.person_id and own.suspended_on is null and other.suspended_on is null
    and (other.agency = own.agency or (not other.sensitive
      and agreement_covers(own.agency, other.agency, viewer_purpose(), array['known-to'])))
    and not exists (
      select from match_decisions d
      where d.one_record = p.one_record and d.other_record = p.other_record and d.decision in ('not-the-same', 'undone'))
  order by p.proposed_at, p.id
$$;

-- Judges a pair. 'same' moves the agency's own record, with what it gave and was given, to the other's person. Gives the
-- number of the decision; null where there is nothing to judge.
create function decide_match(proposal uuid, is_same boolean, why text) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  pair record;
  own agency_records;
  target uuid;
  made uuid := gen_random_uuid();
  given uuid[] := '{}';
  asked uuid[] := '{}';
begin
  select j.*, p.one_record, p.other_record into pair
  from matches_to_judge() j join match_proposals p on p.id = j.id where j.id = proposal for update of p;
  if not found then
    return null;
  end if;
  if not is_same then
    insert into match_decisions (id, one_record, other_record, decision, because, decided_by, decided_at)
    values (made, pair.one_record, pair.other_record, 'not-the-same', why, viewer_user(), present());
    return made;
  end if;
  select * into own from agency_records where id = pair.own_record for update;
  select person_id into target from agency_records
    where id = case when pair.own_record = pair.one_record then pair.other_record else pair.one_record end;
  update agency_records set person_id = target, edition = edition + 1, changed_at = present() where id = own.id;
  if not exists (select from agency_records where person_id = own.person_id and agency = own.agency) then
    with moved as (
      update disclosures set person_id = target
      where person_id = own.person_id and own.agency in (from_agency, to_agency) returning id
    ) select coalesce(array_agg(id), '{}') into given from moved;
    with moved as (
      update sharing_requests set person_id = target
      where person_id = own.person_id and own.agency in (from_agency, to_agency) returning id
    ) select coalesce(array_agg(id), '{}') into asked from moved;
  end if;
  insert into match_decisions (id, one_record, other_record, decision, because, decided_by, decided_at,
    moved_record, moved_from, moved_to, moved_disclosures, moved_requests)
  values (made, pair.one_record, pair.other_record, 'same', why, viewer_user(), present(),
    own.id, own.person_id, target, given, asked);
  return made;
end $$;

-- Takes a join back: the record, and what moved with it, go where they were. False where it cannot be any more.
create function undo_match(decision_id uuid, why text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made match_decisions;
begin
  select d.* into made from match_decisions d join agency_records r on r.id = d.moved_record
  where d.id = decision_id and d.decision = 'same' and r.agency = viewer_agency() and r.person_id = d.moved_to
    and viewer_reads_people() and viewer_role() = 'coordinator' for update of r;
  if not found then
    return false;
  end if;
  insert into persons (id, created_at) values (made.moved_from, present()) on conflict do nothing;
  update agency_records set person_id = made.moved_from, edition = edition + 1, changed_at = present()
    where id = made.moved_record;
  update disclosures set person_id = made.moved_from where id = any(made.moved_disclosures);
  update sharing_requests set person_id = made.moved_from where id = any(made.moved_requests);
  insert into match_decisions (one_record, other_record, decision, because, decided_by, decided_at)
  values (made.one_record, made.other_record, 'undone', why, viewer_user(), present());
  return true;
end $$;

-- Decisions of one's own agency, newest first, with the weight that the pair had: to be seen after the judgement.
create function own_match_decisions() returns table (
  id uuid, decision text, because text, decided_by text, decided_at timestamptz, names jsonb, agency_name text,
  levels jsonb, weight double precision, may_undo boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.id, d.decision, d.because, u.name, d.decided_at, own.names, a.name, p.levels, p.weight,
    d.decision = 'same' and own.person_id = d.moved_to and d.moved_record = own.id
  from match_decisions d
  join agency_records one on one.id = d.one_record
  join agency_records two on two.id = d.other_record
  join users u on u.id = d.decided_by
  left join match_proposals p on p.one_record = d.one_record and p.other_record = d.other_record
  cross join lateral (select
    case when coalesce(d.moved_record = d.one_record, one.agency = viewer_agency()) then d.one_record else d.other_record end as own_id,
    case when coalesce(d.moved_record = d.one_record, one.agency = viewer_agency()) then two.agency else one.agency end as other_agency) sides
  join agency_records own on own.id = sides.own_id
  join agencies a on a.id = sides.other_agency
  where viewer_reads_people() and viewer_role() = 'coordinator' and own.agency = viewer_agency()
    and u.agency = viewer_agency()
  order by d.decided_at desc, d.id limit 100
$$;

revoke execute on function matches_to_judge, decide_match, undo_match, own_match_decisions from public;

grant execute on function matches_to_judge, decide_match, undo_match, own_match_decisions to concord_member;
