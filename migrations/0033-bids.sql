-- Bids for the task force and other resources: for a place or a cohort, and never for anybody by name. There is no column for
-- a person, and none for a score or a rank, and none may be added (R6).

-- As the area pack has them. One that the pack no longer names keeps its name, and takes no more bids.
create table resources (
  id text primary key,
  name text not null,
  agency text not null references agencies (id),
  -- Where it can be at the same time.
  at_once integer not null check (at_once > 0),
  -- The kind of meeting whose chair decides.
  decided_by text not null references meeting_types (id),
  what text not null,
  source text not null,
  in_pack boolean not null default true
);

create table bids (
  -- Of the form: the same form twice is one bid.
  id uuid primary key,
  reference text not null unique,
  resource text not null references resources (id),
  from_agency text not null references agencies (id),
  asked_by uuid not null references users (id),
  asked_at timestamptz not null,
  -- What for: a place, in words, or a cohort.
  place text not null default '' check (length(place) <= 200),
  cohort text references cohorts (id),
  -- Code of the local authority, for figures; null where it is not of one.
  area text,
  -- What is counted before and after, in the catalogue; null where nothing fits.
  measure text,
  starts_on date not null,
  ends_on date not null,
  aim text not null check (length(aim) between 1 and 2000),
  -- The criteria that held when it was asked for, and what it says to each: [{ "name": …, "says": … }]
  answers jsonb not null check (jsonb_typeof(answers) = 'array'),
  -- Kept by the trigger of its moves.
  state text not null default 'asked'
    check (state in ('asked', 'granted', 'refused', 'withdrawn', 'deployed', 'not-deployed', 'ended')),
  granted_from date,
  granted_to date,
  deployed_on date,
  delete_on date not null,
  check ((place = '') = (cohort is not null)),
  check (ends_on >= starts_on),
  check (measure is null or area is not null),
  check ((granted_from is null) = (granted_to is null) and granted_to >= granted_from)
);

create index bids_by_resource on bids (resource, state, starts_on);

create table bid_moves (
  bid uuid not null references bids (id) on delete cascade,
  seq integer not null check (seq > 0),
  move text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  -- Of `grant`: from when to when. Of `deploy`: since when.
  from_on date,
  to_on date,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (bid, seq),
  check (case move
    when 'ask' then state_after = 'asked'
    when 'withdraw' then state_after = 'withdrawn'
    when 'grant' then state_after = 'granted'
    when 'refuse' then state_after = 'refused'
    when 'deploy' then state_after = 'deployed'
    when 'not-deployed' then state_after = 'not-deployed'
    when 'end' then state_after = 'ended'
    else false
  end),
  check ((move = 'grant') = (to_on is not null)),
  check ((move in ('grant', 'deploy')) = (from_on is not null))
);

-- What is typed names nobody, and may all the same.
alter table bids alter column place set statistics 0, alter column aim set statistics 0, alter column answers set statistics 0;

alter table bid_moves alter column detail set statistics 0;

-- A resource is in no more places at once than it can be: whoever grants waits here for the others.
create function keep_bid_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  most integer;
  taken integer;
begin
  if new.move = 'grant' then
    select r.at_once into most from resources r join bids b on b.resource = r.id where b.id = new.bid for update of r;
    select count(*) into taken from bids b join bids o on o.id = new.bid and o.resource = b.resource
      where b.id <> new.bid and b.state in ('granted', 'deployed')
        and b.granted_from <= new.to_on and b.granted_to >= new.from_on;
    if taken >= most then
      raise exception 'That resource is granted already for these days.' using errcode = 'check_violation';
    end if;
  end if;
  update bids set state = new.state_after,
    granted_from = case when new.move = 'grant' then new.from_on else granted_from end,
    granted_to = case when new.move = 'grant' then new.to_on else granted_to end,
    deployed_on = case when new.move = 'deploy' then new.from_on else deployed_on end
  where id = new.bid and new.move <> 'ask';
  return null;
end $$;

create trigger bid_state after insert on bid_moves for each row execute function keep_bid_state();

-- Whether the viewer sits in the chair of a kind of meeting, for the agency for which they work.
create function viewer_chairs(the_type text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from meeting_seats s
    where s.type = the_type and s.part = 'chair' and s.until is null and s.user_id = viewer_user() and s.agency = viewer_agency())
$$;

-- Resources over which the viewer's agency sits in the meeting that decides.
create function viewer_resources() returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id from resources r join meeting_types t on t.id = r.decided_by
  where t.definition -> 'members' ? viewer_agency()
    and viewer_role() in ('practitioner', 'coordinator', 'commander', 'analyst', 'board-member')
$$;

revoke execute on function keep_bid_state, viewer_chairs, viewer_resources from public;

grant execute on function viewer_chairs, viewer_resources to concord_member;

grant select on resources to concord_member;

alter table bids enable row level security;

create policy read_bids on bids for select to concord_member using (resource in (select viewer_resources()));

create policy ask_bids on bids for insert to concord_member with check (
  resource in (select viewer_resources()) and resource in (select id from resources where in_pack)
  and viewer_role() in ('practitioner', 'coordinator', 'commander', 'analyst')
  and from_agency = viewer_agency() and asked_by = viewer_user() and asked_at = present() and state = 'asked'
  and granted_from is null and deployed_on is null
  and starts_on between present_day() and present_day() + 180 and ends_on <= starts_on + 92
);

alter table bid_moves enable row level security;

create policy read_bid_moves on bid_moves for select to concord_member using (bid in (select id from bids));

create policy move_bids on bid_moves for insert to concord_member with check (
  by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and viewer_role() in ('practitioner', 'coordinator', 'commander', 'analyst', 'board-member')
  and exists (
    select from bids b join resources r on r.id = b.resource
    where b.id = bid and case
      when move = 'ask' then b.asked_by = viewer_user() and b.asked_at = present() and seq = 1
      when move = 'withdraw' then b.state = 'asked' and b.from_agency = viewer_agency()
        and (b.asked_by = viewer_user() or viewer_role() in ('coordinator', 'commander'))
      -- Nobody grants what they asked for.
      when move in ('grant', 'refuse') then b.state = 'asked' and viewer_chairs(r.decided_by) and b.asked_by <> viewer_user()
      when move in ('deploy', 'not-deployed') then b.state = 'granted' and r.agency = viewer_agency()
        and viewer_role() in ('practitioner', 'coordinator', 'commander')
      when move = 'end' then b.state = 'deployed' and viewer_agency() in (r.agency, b.from_agency)
      else false
    end)
);

grant select, insert on bids, bid_moves to concord_member;

-- Who asked is told what was decided, and what came of it.
create function notices_of_bids(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select b.asked_by, 'bid', b.reference, '/bids/' || b.reference
  from bids b join bid_moves v on v.bid = b.id and v.by_user = viewer_user() and v.at = present()
  join users u on u.id = b.asked_by and u.state = 'active' and u.agency = b.from_agency
  where b.id = subject and the_kind = 'bid-decided' and v.move in ('grant', 'refuse')
$$;

insert into notice_subjects values ('bid');

insert into notice_kinds (kind, found_by) values ('bid-decided', 'notices_of_bids');

revoke execute on function notices_of_bids from public;

create function end_demonstration_of_bids() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from bids where asked_by in (select id from users where synthetic);
  return null;
end $$;

revoke execute on function end_demonstration_of_bids from public;

create trigger bids_end_with_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_bids();
