-- Groups: peer group, gang or organised crime group by a written test, criterion by criterion, with author, second approver
-- and an end (R3); with whom somebody was seen, on what day and from what source (R2); rivalry and alliance; territory in
-- words. There is no column that calls a person a member of anything (R1), none for a score, a rank or a count (R6), and none
-- may be added. What may follow what: src/casework/groups/group.ts and group-link.ts.

create table groups (
  -- Of the form that was sent: the same form twice is one group.
  id uuid primary key,
  reference text not null unique,
  called text not null check (length(called) between 1 and 200),
  -- Where it says that it holds sway, in words. Of people there is nothing here.
  territory text not null default '',
  -- Whether it concerns anybody under 18, or of an age that nobody knows: then it is looked at sooner.
  children boolean not null,
  agency text not null references agencies (id),
  owner uuid not null references users (id),
  purpose text not null,
  legal_basis text not null,
  made_at timestamptz not null,
  -- Below, kept by a trigger from the moves, and by nobody else.
  state text not null default 'new',
  state_at timestamptz,
  -- By the test that was approved last; null before, and while it has to be assessed anew.
  level text check (level in ('peer', 'gang', 'ocg')),
  test text,
  assessed_on date,
  -- The day until which that assessment holds.
  assessed_until date,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  check (delete_on >= review_on)
);

create index groups_by_agency on groups (agency, state, review_on);

-- R3, whatever a form lets through: a peer group is not called a gang.
create function says_gang(name text) returns boolean language sql immutable
  return name ~* '\m(gangs?|ocgs?|organi[sz]ed crime)\M';

alter table groups add constraint peer_group_is_no_gang check (level is distinct from 'peer' or not says_gang(called));

create table group_moves (
  group_id uuid not null references groups (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  state_after text not null,
  -- Null where the program acted: a lapse.
  by_user uuid references users (id),
  by_agency text references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (group_id, seq)
);

-- Somebody was seen with a group, on a day, as a source says. It rests on a statement of the agency's own about an event:
-- one that is restricted hides it at once (R22), and one that is deleted takes it along.
create table group_links (
  id uuid primary key,
  group_id uuid not null references groups (id) on delete cascade,
  person_id uuid not null references persons (id) on delete cascade,
  -- As those who work on the group read it.
  called text not null check (length(called) between 1 and 200),
  child boolean not null,
  ground text not null,
  says text not null check (length(says) between 1 and 5000),
  on_day date not null,
  source text not null check (length(source) between 1 and 500),
  entry uuid not null references entries (id) on delete cascade,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  made_at timestamptz not null,
  purpose text not null,
  legal_basis text not null,
  -- Below, kept by a trigger from the moves.
  state text not null default 'new',
  -- R21: whether the person was told, and when that was, or is looked at again.
  notice text check (notice in ('told', 'not-told')),
  notice_on date,
  challenged_at timestamptz,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  restricted_at timestamptz,
  check (delete_on >= review_on)
);

create index group_links_by_group on group_links (group_id, on_day);

create index group_links_by_person on group_links (person_id);

create index group_links_by_entry on group_links (entry);

create unique index group_links_once on group_links (group_id, entry) where state in ('new', 'to-confirm', 'stands');

create table group_link_moves (
  link uuid not null references group_links (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  state_after text not null,
  by_user uuid references users (id),
  by_agency text references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (link, seq)
);

-- That two groups were at odds, or stood together, on a day, as a source says; it ends by itself.
create table group_relations (
  id uuid primary key,
  group_id uuid not null references groups (id) on delete cascade,
  other_id uuid not null references groups (id) on delete cascade,
  kind text not null check (kind in ('rivalry', 'alliance')),
  says text not null check (length(says) between 1 and 5000),
  source text not null check (length(source) between 1 and 500),
  on_day date not null,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  made_at timestamptz not null,
  delete_on date not null,
  check (group_id <> other_id)
);

create index group_relations_by_group on group_relations (group_id);

create index group_relations_by_other on group_relations (other_id);

alter table plans add foreign key (group_id) references groups (id) on delete cascade;

alter table actions add foreign key (group_id) references groups (id) on delete cascade;

create index plans_by_group on plans (group_id) where group_id is not null;

create index actions_by_group on actions (group_id) where group_id is not null;

-- Names must not live on in the planner's statistics.
alter table groups alter column called set statistics 0, alter column territory set statistics 0;

alter table group_moves alter column detail set statistics 0;

alter table group_links
  alter column called set statistics 0, alter column says set statistics 0, alter column source set statistics 0;

alter table group_link_moves alter column detail set statistics 0;

alter table group_relations alter column says set statistics 0, alter column source set statistics 0;

-- Named as in src/areas/kinds-with-groups.ts and src/casework/groups/group-tests.ts; tests compare them.
create function kinds_with_groups() returns text[] language sql immutable
  return array['police', 'youth-justice'];

create function level_of_group_test(the_test text) returns text language sql immutable
  return case the_test
    when 'peer-group' then 'peer'
    when 'gang-level-2' then 'gang' when 'street-gang' then 'gang' when 'gang-2015-act' then 'gang'
    when 'organised-crime-group' then 'ocg'
  end;

-- Looked at behind the policies: a policy that asked through policies would ask itself.

-- R14: police, youth justice, and coordinators; nobody of a school, a landlord or an immigration body.
create function viewer_works_on_groups() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_reads_people() and exists (
    select from users u join agencies a on a.id = u.agency
    where u.id = viewer_user() and u.agency = viewer_agency() and not a.kind = any (kinds_without_lists())
      and (a.kind = any (kinds_with_groups()) or viewer_role() = 'coordinator'))
$$;

-- One's own agency's; of others what was approved and is reviewed, while an agreement in force says so (R13).
create function viewer_groups() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.id from groups g
  where viewer_works_on_groups() and case
    when g.agency = viewer_agency() then g.suspended_on is null or viewer_role() = 'coordinator'
    else g.state in ('stands', 'to-approve-again') and g.suspended_on is null
      and (g.agency, 'group', viewer_purpose()) in (select a.agency, a.field, a.purpose from viewer_agreed() a)
  end
$$;

-- R14: whoever does not lead the group is told of those alone of whom their own agency holds a record, never the list.
create function viewer_group_links() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.id
  from group_links l join groups g on g.id = l.group_id join entries e on e.id = l.entry
  where l.group_id in (select viewer_groups()) and l.restricted_at is null and e.restricted_at is null
    and l.state in ('new', 'to-confirm', 'stands', 'lapsed')
    and (l.suspended_on is null or (l.agency = viewer_agency() and viewer_role() = 'coordinator'))
    and (l.agency = viewer_agency()
      or (l.state = 'stands' and (g.agency = viewer_agency() or viewer_holds(l.person_id))
        and (l.agency, 'group', viewer_purpose()) in (select a.agency, a.field, a.purpose from viewer_agreed() a)))
$$;

-- Who wrote the assessment that waits, or waited last: they do not approve it.
create function group_assessor(the_group uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select by_user from group_moves
  where group_id = the_group and action in ('propose', 'reassess', 'propose-anew') order by seq desc limit 1
$$;

create function keep_group_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before groups;
  on_day date := london_day(new.at);
  next_review date := (new.detail ->> 'reviewOn')::date;
  ended boolean := new.state_after in ('turned-down', 'withdrawn', 'ended');
  approved boolean := new.action in ('approve', 'approve-again');
  the_test text;
  ends date;
  holds date;
begin
  select * into before from groups where id = new.group_id for update;
  if approved then
    select m.detail ->> 'test' into the_test from group_moves m
    where m.group_id = new.group_id and m.action in ('propose', 'reassess', 'propose-anew') order by m.seq desc limit 1;
    if level_of_group_test(the_test) is null then
      raise exception 'No written test was passed.' using errcode = 'check_violation';
    end if;
  end if;
  ends := case when ended then least(before.delete_on, on_day + 28) else before.delete_on end;
  -- R10: no assessment holds longer than 180 days.
  holds := case when approved then least(on_day + 180, ends) when new.action = 'propose-anew' then null
    else before.assessed_until end;
  if next_review is not null and next_review not between on_day + 1 and on_day + 180 then
    raise exception 'No review lies further off than 180 days.' using errcode = 'check_violation';
  end if;
  update groups set
    state = new.state_after, state_at = new.at,
    level = case when approved then level_of_group_test(the_test) when new.action = 'propose-anew' then null else level end,
    test = case when approved then the_test when new.action = 'propose-anew' then null else test end,
    assessed_on = case when approved then on_day when new.action = 'propose-anew' then null else assessed_on end,
    assessed_until = holds,
    called = case when new.action = 'change' then new.detail ->> 'called' else called end,
    territory = case when new.action = 'change' then new.detail ->> 'territory' else territory end,
    suspended_on = case when new.action in ('renew', 'propose-anew') then null else suspended_on end,
    delete_on = ends,
    review_on = case when ended then ends else least(coalesce(next_review, review_on), holds, ends) end
  where id = new.group_id;
  -- R11: with the group end all links to it.
  if new.state_after = 'ended' then
    insert into group_link_moves (link, seq, action, state_after, at, request_key)
    select l.id, (select coalesce(max(m.seq), 0) + 1 from group_link_moves m where m.link = l.id), 'remove', 'removed', new.at,
      gen_random_uuid()
    from group_links l where l.group_id = new.group_id and l.state in ('to-confirm', 'stands', 'lapsed');
  end if;
  return null;
end $$;

create trigger group_state after insert on group_moves for each row execute function keep_group_state();

-- R10: the night's suspension of what nobody reviewed is a move as well.
create function lapse_group() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state in ('turned-down', 'withdrawn', 'ended', 'lapsed') then
    return null;
  end if;
  insert into group_moves (group_id, seq, action, state_after, at, request_key)
  select new.id, coalesce(max(m.seq), 0) + 1, 'lapse', 'lapsed', present(), gen_random_uuid()
  from group_moves m where m.group_id = new.id;
  return null;
end $$;

create trigger group_lapses after update of suspended_on on groups for each row
  when (old.suspended_on is null and new.suspended_on is not null) execute function lapse_group();

create function keep_group_link_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before group_links;
  that_day date := london_day(new.at);
  next_review date := (new.detail ->> 'reviewOn')::date;
  ended boolean := new.state_after in ('turned-down', 'withdrawn', 'removed');
  ends date;
begin
  select * into before from group_links where id = new.link for update;
  ends := case when ended then least(before.delete_on, that_day + 28) else before.delete_on end;
  if next_review is not null
    and next_review not between that_day + 1 and that_day + (case when before.child then 42 else 180 end) then
    raise exception 'The review lies further off than is allowed.' using errcode = 'check_violation';
  end if;
  update group_links set
    state = new.state_after,
    notice = case when new.action in ('confirm', 'tell') then new.detail ->> 'notice' else notice end,
    notice_on = case when new.action in ('confirm', 'tell') then coalesce((new.detail ->> 'againOn')::date, that_day)
      else notice_on end,
    challenged_at = case when new.action = 'challenge' then new.at else challenged_at end,
    delete_on = ends,
    review_on = case when ended then ends else least(coalesce(next_review, review_on), ends) end
  where id = new.link;
  -- A group that concerns a child is looked at as soon as a child's record is.
  if new.action = 'confirm' and before.child then
    update groups set children = true, review_on = least(review_on, that_day + 42) where id = before.group_id;
  end if;
  return null;
end $$;

create trigger group_link_state after insert on group_link_moves for each row execute function keep_group_link_state();

create function lapse_group_link() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state in ('turned-down', 'withdrawn', 'removed', 'lapsed') then
    return null;
  end if;
  insert into group_link_moves (link, seq, action, state_after, at, request_key)
  select new.id, coalesce(max(m.seq), 0) + 1, 'lapse', 'lapsed', present(), gen_random_uuid()
  from group_link_moves m where m.link = new.id;
  return null;
end $$;

create trigger group_link_lapses after update of suspended_on on group_links for each row
  when (old.suspended_on is null and new.suspended_on is not null) execute function lapse_group_link();

-- It stays with the person whom its agency's record is about.
create function take_group_links_along() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agency_records r where r.person_id = old.person_id and r.agency = new.agency) then
    update group_links set person_id = new.person_id where person_id = old.person_id and agency = new.agency;
  end if;
  return null;
end $$;

create trigger group_links_follow_record after update of person_id on agency_records for each row
  when (old.person_id <> new.person_id) execute function take_group_links_along();

alter table groups enable row level security;

-- The first half shows a group to whoever has just written it: within a statement the function still sees the rows of before.
create policy read_groups on groups for select to concord_member using (
  (agency = (select viewer_reading_agency()) and owner = (select viewer_user()) and suspended_on is null
    and (select viewer_works_on_groups()))
  or id in (select viewer_groups())
);

create policy write_groups on groups for insert to concord_member with check (
  viewer_keeps_records() and viewer_works_on_groups() and agency = viewer_agency() and owner = viewer_user()
  and made_at = present() and purpose = viewer_purpose() and state = 'new' and level is null and test is null
  and assessed_on is null and assessed_until is null and suspended_on is null
  and review_on between present_day() + 1 and present_day() + 180
);

alter table group_moves enable row level security;

create policy read_group_moves on group_moves for select to concord_member using (group_id in (select id from groups));

-- R3 and R5: nobody approves what they wrote themselves.
create policy move_groups on group_moves for insert to concord_member with check (
  viewer_works_on_groups() and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and exists (
    select from groups g
    where g.id = group_id and g.agency = viewer_agency() and case
      when action = 'propose' then g.owner = viewer_user() and seq = 1
      when action = 'withdraw' then group_assessor(g.id) = viewer_user()
      when action in ('approve', 'turn-down', 'approve-again', 'turn-down-again') then
        viewer_role() in ('coordinator', 'commander') and group_assessor(g.id) <> viewer_user()
      when action in ('reassess', 'review', 'change', 'end') then viewer_keeps_records()
      when action in ('renew', 'propose-anew') then viewer_role() = 'coordinator'
      else false
    end)
);

alter table group_links enable row level security;

create policy read_group_links on group_links for select to concord_member using (
  (agency = (select viewer_reading_agency()) and author = (select viewer_user()) and state = 'new'
    and (select viewer_works_on_groups()))
  or id in (select viewer_group_links())
);

-- R4: on a statement of one's own agency about an event in which they were not the one who was hurt, at risk, a witness or a
-- professional; of a group that was approved.
create policy link_to_groups on group_links for insert to concord_member with check (
  viewer_keeps_records() and viewer_works_on_groups() and agency = viewer_agency() and author = viewer_user()
  and made_at = present() and purpose = viewer_purpose() and state = 'new' and notice is null and challenged_at is null
  and suspended_on is null and restricted_at is null and viewer_holds(person_id)
  and review_on between present_day() + 1 and present_day() + case when child then 42 else 180 end
  and group_id in (select g.id from groups g where g.state in ('stands', 'to-approve-again') and g.suspended_on is null)
  and exists (
    select from entries e
    where e.id = entry and e.agency = viewer_agency() and e.person_id = group_links.person_id and e.circle is null
      and e.occurred_on = on_day and e.kind in ('event', 'concern') and e.information_grade is distinct from 'E'
      and (e.role_in_event is null or e.role_in_event in ('suspected', 'convicted')))
);

alter table group_link_moves enable row level security;

create policy read_group_link_moves on group_link_moves for select to concord_member using (
  link in (select viewer_group_links())
);

create policy move_group_links on group_link_moves for insert to concord_member with check (
  viewer_works_on_groups() and by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and exists (
    select from group_links l
    where l.id = link and l.agency = viewer_agency() and case
      when action = 'see' then l.author = viewer_user() and seq = 1
      when action = 'withdraw' then l.author = viewer_user()
      when action in ('confirm', 'turn-down') then
        viewer_role() in ('coordinator', 'commander') and l.author <> viewer_user()
      when action in ('review', 'tell', 'remove') then viewer_keeps_records()
      else false
    end)
);

alter table group_relations enable row level security;

create policy read_group_relations on group_relations for select to concord_member using (
  group_id in (select viewer_groups()) and other_id in (select viewer_groups())
  and (agency = (select viewer_agency())
    or (agency, 'group', (select viewer_purpose())) in (select a.agency, a.field, a.purpose from viewer_agreed() a))
);

create policy relate_groups on group_relations for insert to concord_member with check (
  viewer_keeps_records() and viewer_works_on_groups() and agency = viewer_agency() and author = viewer_user()
  and made_at = present() and on_day <= present_day() and delete_on between present_day() + 1 and present_day() + 180
  and group_id in (
    select g.id from groups g where g.agency = viewer_agency() and g.state in ('stands', 'to-approve-again'))
  and other_id in (select g.id from groups g where g.state in ('stands', 'to-approve-again'))
);

create policy strike_group_relations on group_relations for delete to concord_member using (
  (select viewer_keeps_records()) and agency = (select viewer_agency())
);

grant select, insert on groups, group_moves, group_links, group_link_moves, group_relations to concord_member;

grant delete on group_relations to concord_member;

-- A plan about a group, and an action about one, only by whoever may open the group: beside what else is asked of them.
create policy plans_of_groups on plans as restrictive for insert to concord_member with check (
  group_id is null or group_id in (
    select g.id from groups g where g.state in ('stands', 'to-approve-again') and g.suspended_on is null)
);

create policy actions_of_groups on actions as restrictive for insert to concord_member with check (
  group_id is null or plan is not null or meeting is not null or group_id in (select id from groups)
);

-- R21: whoever they say it to writes it down; a case is opened, and goes to a reviewer who had no part.
alter table rights_cases add column about_group_link uuid;

create index rights_cases_about_group_link on rights_cases (about_group_link) where about_group_link is not null;

create function challenge_group_link(the_link uuid, the_key uuid, their_words text, their_address text, for_them text)
returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  challenged group_links;
  the_reference text;
begin
  select c.reference into the_reference from rights_cases c where c.id = the_key and c.opened_by = viewer_user();
  if found then
    return the_reference;
  end if;
  select * into challenged from group_links l
    where l.id = the_link and l.id in (select viewer_group_links()) and l.state in ('to-confirm', 'stands', 'lapsed');
  if not found or length(trim(their_words)) = 0 then
    return null;
  end if;
  the_reference := next_reference('RR');
  insert into rights_cases (id, reference, kind, regime, given, asked_by, reach_at, about, about_group_link, received_on,
    subjects, agency, opened_by, opened_at)
  select the_key, the_reference, 'challenge',
    case when a.kind in ('police', 'probation', 'prison') then 'law-enforcement' else 'general' end,
    challenged.called, for_them, their_address, their_words, challenged.id, present_day(), array[challenged.person_id],
    viewer_agency(), viewer_user(), present()
  from agencies a where a.id = challenged.agency;
  insert into rights_actions (rights_case, seq, action, state_after, by_user, at, request_key)
  values (the_key, 1, 'open', 'received', viewer_user(), present(), the_key);
  insert into group_link_moves (link, seq, action, state_after, by_user, by_agency, at, request_key, detail)
  select challenged.id, max(m.seq) + 1, 'challenge', challenged.state, viewer_user(), viewer_agency(), present(), the_key,
    jsonb_build_object('rightsCase', the_reference)
  from group_link_moves m where m.link = challenged.id;
  return the_reference;
end $$;

-- What is held about somebody in links, what of it can be disputed, and who took part (0017).
create function held_in_groups(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'group-link-' || l.id, 'group-link', l.agency, l.made_at, jsonb_build_object(
    'on', l.on_day, 'purpose', l.purpose, 'legalBasis', l.legal_basis, 'by', u.post, 'deleteOn', l.delete_on,
    'restricted', l.restricted_at is not null, 'suspended', l.suspended_on is not null,
    'content', jsonb_build_object('called', l.called, 'seenWith', g.called, 'ground', l.ground, 'says', l.says,
      'source', l.source, 'state', l.state, 'told', l.notice,
      'whatWasDone', (
        select jsonb_agg(jsonb_build_array(m.action, london_day(m.at), m.detail) order by m.seq)
        from group_link_moves m where m.link = l.id)))
  from group_links l join groups g on g.id = l.group_id join users u on u.id = l.author
  where l.person_id = any (asked.subjects)
$$;

insert into held_sources values ('held_in_groups');

create function disputable_in_groups(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select l.id, 'group-link', a.name, 'seen with group ' || g.reference, l.on_day, l.made_at, l.restricted_at
  from rights_cases c join group_links l on l.person_id = any (c.subjects)
  join groups g on g.id = l.group_id join agencies a on a.id = l.agency
  where c.id = the_case and rights_case_is_ready(c.id)
    and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
$$;

insert into disputable_kinds values ('group-link', 'group_links', 'disputable_in_groups');

create function took_part_in_groups(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.by_user from rights_cases c join group_links l on l.person_id = any (c.subjects)
  join group_link_moves m on m.link = l.id where c.id = the_case and m.by_user is not null
  union
  select m.by_user from rights_cases c join group_links l on l.person_id = any (c.subjects)
  join group_moves m on m.group_id = l.group_id where c.id = the_case and m.by_user is not null
$$;

insert into part_sources values ('took_part_in_groups');

-- What waits for a second approver, and by when a group and each link to it must be looked at again.
insert into notice_subjects values ('group');

create function group_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t, 'group-approval', 'group', g.reference, '/groups/' || g.reference, g.state_at, null::timestamptz, null::date
  from groups g cross join lateral active_users(g.agency, '{coordinator,commander}') t
  where g.state in ('to-approve', 'to-approve-again') and g.suspended_on is null and t <> group_assessor(g.id)
  union all
  select t, 'group-review', 'group', g.reference, '/groups/' || g.reference, g.state_at, null, g.review_on
  from groups g cross join lateral doers_of(g.owner, g.agency) t
  where g.state in ('stands', 'to-approve-again') and g.suspended_on is null
  union all
  select t, 'group-link-confirmation', 'group', g.reference, '/groups/' || g.reference, min(l.made_at), null::timestamptz,
    null::date
  from group_links l join groups g on g.id = l.group_id
  cross join lateral active_users(l.agency, '{coordinator,commander}') t
  where l.state = 'to-confirm' and l.suspended_on is null and l.restricted_at is null and t <> l.author
  group by t, g.reference
  union all
  select t, 'group-link-review', 'group', g.reference, '/groups/' || g.reference, min(l.made_at), null, min(l.review_on)
  from group_links l join groups g on g.id = l.group_id cross join lateral doers_of(l.author, l.agency) t
  where l.state = 'stands' and l.suspended_on is null and l.restricted_at is null
  group by t, g.reference
$$;

insert into deadline_sources values ('group_deadlines');

-- Why somebody may see a group or a link, or may not, for governance: not a word of it.
create function group_access_facts(the_id uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('kind', 'group', 'agency', g.agency, 'state', g.state, 'suspendedOn', g.suspended_on)
  from groups g where viewer_governs() and g.id = the_id
  union all
  select jsonb_build_object('kind', 'group-link', 'person', l.person_id, 'agency', l.agency, 'state', l.state,
    'suspendedOn', l.suspended_on, 'restrictedAt', coalesce(l.restricted_at, e.restricted_at),
    'group', jsonb_build_object('kind', 'group', 'agency', g.agency, 'state', g.state, 'suspendedOn', g.suspended_on),
    'holders', array(
      select r.agency from agency_records r where r.person_id = l.person_id and r.suspended_on is null))
  from group_links l join groups g on g.id = l.group_id join entries e on e.id = l.entry
  where viewer_governs() and l.id = the_id
$$;

create function end_demonstration_of_groups() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from groups where owner in (select id from users where synthetic);
  return null;
end $$;

-- Before `plans_end_with_demonstration` and `real_account_ends_demonstration`, by the order of their names.
create trigger groups_end_with_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_groups();

revoke execute on function viewer_works_on_groups, viewer_groups, viewer_group_links, group_assessor, keep_group_state,
  lapse_group, keep_group_link_state, lapse_group_link, take_group_links_along, challenge_group_link, held_in_groups,
  disputable_in_groups, took_part_in_groups, group_deadlines, group_access_facts, end_demonstration_of_groups from public;

grant execute on function viewer_works_on_groups, viewer_groups, viewer_group_links, group_assessor, challenge_group_link,
  group_access_facts to concord_member;
