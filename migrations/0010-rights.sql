-- What people ask about their own data, breaches of it, and the copy that an access request is answered with.
--
-- An officer of information governance reads no case. What they must know to answer a request crosses in functions that
-- look behind the policies, each for one open case whose asker has shown who they are, and each in the audit.

create table rights_cases (
  -- The number of the form that it was opened with: sent twice, it is one case.
  id uuid primary key,
  reference text not null unique,
  kind text not null check (kind in (
    'access', 'rectification', 'objection', 'restriction', 'challenge', 'complaint')),
  regime text not null check (regime in ('general', 'law-enforcement')),
  -- Who the data is about, as they say; single names are given names.
  given text not null,
  family text not null default '',
  birth_date date,
  -- Who asks for them, and on what authority; empty where they ask themselves.
  asked_by text not null default '',
  reach_at text not null,
  about text not null,
  -- Reference of the referral whose decision is challenged.
  about_referral text,
  received_on date not null,
  -- Numbers of the people whom it is about, once an officer has found them. No foreign key: the case outlives them.
  subjects uuid[] not null default '{}',
  agency text not null references agencies (id),
  opened_by uuid not null references users (id),
  opened_at timestamptz not null,
  -- The law has no right to object where Part 3 of the Data Protection Act 2018 applies.
  check (not (kind = 'objection' and regime = 'law-enforcement'))
);

create table rights_actions (
  rights_case uuid not null references rights_cases (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  at timestamptz not null,
  request_key uuid not null unique,
  -- Who is to look at a challenge, where this action says.
  reviewer uuid references users (id),
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (rights_case, seq)
);

create index rights_actions_by_reviewer on rights_actions (reviewer) where reviewer is not null;

-- Statements whose accuracy is disputed (R22), and when and why that ended. Their numbers alone.
create table rights_restrictions (
  id uuid primary key default gen_random_uuid(),
  rights_case uuid not null references rights_cases (id) on delete cascade,
  -- An entry, a referral or a concern, by its number. No foreign key: the dispute outlives it.
  kind text not null check (kind in ('entry', 'referral', 'concern')),
  statement uuid not null,
  because text not null,
  placed_by uuid not null references users (id),
  placed_at timestamptz not null,
  lifted_by uuid references users (id),
  lifted_at timestamptz,
  lifted_because text
);

create unique index rights_restrictions_in_force on rights_restrictions (statement) where lifted_at is null;

-- The copy for the person, until it has been checked entry by entry; afterwards what they were given, and no more.
create table rights_packs (
  id uuid primary key,
  rights_case uuid not null references rights_cases (id) on delete cascade,
  subjects uuid[] not null,
  agency text not null references agencies (id),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  made_by uuid not null references users (id),
  made_at timestamptz not null,
  finished_at timestamptz,
  delete_on date not null
);

create index rights_packs_by_case on rights_packs (rights_case, made_at);

create table rights_pack_decisions (
  pack uuid not null references rights_packs (id) on delete cascade,
  item text not null,
  decision text not null check (decision in ('keep', 'redact', 'withhold')),
  -- What stays of the text, where part of it is taken out.
  redacted text,
  because text not null,
  -- Whoever decided for the agency whose entry it is, as a post.
  decided_by text not null,
  by_user uuid not null references users (id),
  at timestamptz not null,
  primary key (pack, item),
  check ((decision = 'redact') = (redacted is not null)),
  check (decision = 'keep' or length(trim(because)) > 0)
);

create table breaches (
  id uuid primary key,
  reference text not null unique,
  what text not null,
  -- The page that it was reported from, as an address of ours.
  page text not null default '',
  agency text not null references agencies (id),
  reported_by uuid not null references users (id),
  reported_at timestamptz not null,
  -- From here the 72 hours run: UK GDPR, article 33(1); Data Protection Act 2018, section 67.
  aware_at timestamptz not null,
  check (aware_at <= reported_at)
);

create table breach_actions (
  breach uuid not null references breaches (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  state_after text not null,
  by_user uuid not null references users (id),
  at timestamptz not null,
  request_key uuid not null unique,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (breach, seq)
);

-- Names must not live on in the planner's statistics.
alter table rights_cases
  alter column given set statistics 0, alter column family set statistics 0, alter column birth_date set statistics 0,
  alter column asked_by set statistics 0, alter column reach_at set statistics 0, alter column about set statistics 0;

alter table rights_actions alter column detail set statistics 0;

alter table rights_restrictions alter column because set statistics 0, alter column lifted_because set statistics 0;

alter table rights_packs alter column content set statistics 0;

alter table rights_pack_decisions alter column redacted set statistics 0, alter column because set statistics 0;

alter table breaches alter column what set statistics 0;

alter table breach_actions alter column detail set statistics 0;

create function viewer_governs() returns boolean language sql stable as
  $$ select viewer_user() is not null and viewer_role() = 'information-governance-officer' $$;

-- Functions below look behind the policies: a policy that asked through policies would ask itself.

-- The last reviewer who was named.
create function rights_reviewer(the_case uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select reviewer from rights_actions where rights_case = the_case and reviewer is not null order by seq desc limit 1
$$;

create function rights_state(the_case uuid) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select state_after from rights_actions where rights_case = the_case order by seq desc limit 1
$$;

-- Whether an officer may look for and at what is held: the case is open and the asker has shown who they are.
create function rights_case_is_ready(the_case uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_governs() and rights_state(the_case) <> 'closed' and exists (
    select from rights_actions where rights_case = the_case and action = 'confirm-identity')
$$;

-- Who had no part in what is challenged (R21): wrote nothing about the person, looks after no record of them, did not
-- decide on the referral. Nobody, while it is not known whom or what it is about.
create function rights_reviewers(the_case uuid) returns table (id uuid, name text, post text, agency text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.name, u.post, a.name
  from rights_cases c
  cross join users u
  join agencies a on a.id = u.agency
  where c.id = the_case and viewer_governs() and (cardinality(c.subjects) > 0 or c.about_referral is not null)
    and u.state = 'active' and u.role in ('coordinator', 'commander', 'information-governance-officer')
    and u.synthetic = (select v.synthetic from users v where v.id = viewer_user())
    and not exists (select from entries e where e.person_id = any (c.subjects) and e.author = u.id)
    and not exists (select from agency_records r where r.person_id = any (c.subjects) and r.owner = u.id)
    and not exists (
      select from referrals f left join referral_actions fa on fa.referral = f.id
      where f.reference = c.about_referral and (f.author = u.id or fa.by_user = u.id))
  order by a.name, u.name
$$;

alter table rights_cases enable row level security;

create policy read_rights_cases on rights_cases for select to concord_member using (
  (select viewer_governs()) or rights_reviewer(id) = (select viewer_user())
);

create policy open_rights_cases on rights_cases for insert to concord_member with check (
  viewer_governs() and opened_by = viewer_user() and opened_at = present() and agency = viewer_agency()
  and subjects = '{}' and received_on <= present_day()
);

alter table rights_actions enable row level security;

create policy read_rights_actions on rights_actions for select to concord_member using (
  rights_case in (select id from rights_cases)
);

-- The finding on a challenge is the reviewer's alone; everything else is the officer's.
create policy act_on_rights_cases on rights_actions for insert to concord_member with check (
  by_user = viewer_user() and at = present()
  and case
    when action = 'decide' then rights_reviewer(rights_case) = viewer_user()
    else viewer_governs()
  end
  and (reviewer is null or (action = 'assign-reviewer' and reviewer in (select r.id from rights_reviewers(rights_case) r)))
);

grant select, insert on rights_cases, rights_actions to concord_member;

alter table rights_restrictions enable row level security;

create policy read_rights_restrictions on rights_restrictions for select to concord_member using ((select viewer_governs()));

grant select on rights_restrictions to concord_member;

alter table rights_packs enable row level security;

create policy read_rights_packs on rights_packs for select to concord_member using ((select viewer_governs()));

-- Written by the function that gathers it. Finished once, and then it only ends.
create policy finish_rights_packs on rights_packs for update to concord_member
  using ((select viewer_governs()) and finished_at is null)
  with check (finished_at = (select present()));

grant select, update (content, finished_at) on rights_packs to concord_member;

alter table rights_pack_decisions enable row level security;

create policy read_pack_decisions on rights_pack_decisions for select to concord_member using ((select viewer_governs()));

create policy decide_on_packs on rights_pack_decisions for insert to concord_member with check (
  viewer_governs() and by_user = viewer_user() and at = present()
  and exists (select from rights_packs p where p.id = pack and p.finished_at is null)
);

create policy decide_again_on_packs on rights_pack_decisions for update to concord_member
  using ((select viewer_governs()) and exists (select from rights_packs p where p.id = pack and p.finished_at is null))
  with check (by_user = (select viewer_user()) and at = (select present()));

grant select, insert on rights_pack_decisions to concord_member;

grant update (decision, redacted, because, decided_by, by_user, at) on rights_pack_decisions to concord_member;

alter table breaches enable row level security;

create policy read_breaches on breaches for select to concord_member using (
  (select viewer_governs()) or reported_by = (select viewer_user())
);

create policy report_breaches on breaches for insert to concord_member with check (
  reported_by = viewer_user() and reported_at = present() and agency = viewer_agency()
);

alter table breach_actions enable row level security;

create policy read_breach_actions on breach_actions for select to concord_member using (
  breach in (select id from breaches)
);

create policy act_on_breaches on breach_actions for insert to concord_member with check (
  by_user = viewer_user() and at = present() and breach in (select id from breaches)
  and (viewer_governs() or action in ('report', 'add'))
);

grant select, insert on breaches, breach_actions to concord_member;

create function london_day(at timestamptz) returns date language sql immutable
  return (at at time zone 'Europe/London')::date;

-- Letters and digits of a name, without marks and case, however it was typed.
create function plain_name(name text) returns text language sql immutable
  return regexp_replace(lower(normalize(coalesce(name, ''), nfkd)), '[^[:alnum:]]', '', 'g');

-- Whom a case may be about: numbers, and which agencies hold something. Nothing of what they hold. The name and the date
-- of birth are the case's, never the officer's own, and nobody seeks more than sixty times an hour (R18).
create function rights_subjects(the_case uuid) returns table (
  person uuid, agencies text[], same_name boolean, same_birth_date boolean
)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not rights_case_is_ready(the_case) then
    return;
  end if;
  if (select count(*) from audit where user_id = viewer_user() and event = 'rights-subject-sought'
      and at > present() - interval '1 hour') >= existence_look_ups_an_hour() then
    raise exception 'More people were looked up than anybody may in an hour.' using errcode = 'insufficient_resources';
  end if;
  perform record_audit('rights-subject-sought', 'done', null, 'rights-case',
    (select c.reference from rights_cases c where c.id = the_case), null);
  return query
    with named as (
      select r.person_id, a.name as agency,
        r.birth_date is not distinct from c.birth_date and c.birth_date is not null as born,
        plain_name(n ->> 'given') = plain_name(c.given) as has_given,
        plain_name(n ->> 'family') = plain_name(c.family) as has_family,
        r.birth_date is null or r.birth_date_known <> 'day' as born_unsure
      from rights_cases c
      cross join agency_records r
      cross join jsonb_array_elements(r.names) n
      join agencies a on a.id = r.agency
      -- Names are compared of those alone who may have been born on the day.
      where c.id = the_case and (c.birth_date is null or r.birth_date = c.birth_date or r.birth_date is null
        or r.birth_date_known <> 'day')
    )
    select m.person_id, array_agg(distinct m.agency order by m.agency),
      bool_or(m.has_given and m.has_family), bool_or(m.born)
    from named m
    where (m.born and (m.has_given or m.has_family))
      or (m.has_given and m.has_family and (m.born_unsure or (select c.birth_date is null from rights_cases c where c.id = the_case)))
    group by m.person_id
    order by 3 desc, 4 desc, 1 limit 20;
end $$;

-- Says whom the case is about: only those whom the look-up above gives. False where one of them is not.
create function settle_rights_subjects(the_case uuid, people uuid[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  one uuid;
begin
  if cardinality(people) = 0 or not people <@ array(select person from rights_subjects(the_case)) then
    return false;
  end if;
  update rights_cases set subjects = people where id = the_case;
  foreach one in array people loop
    perform record_audit('rights-subject-settled', 'done', one, 'rights-case',
      (select c.reference from rights_cases c where c.id = the_case), null);
  end loop;
  return true;
end $$;

-- What a dispute can be about: whose statement, of what kind, of which day. Not what it says. Referrals and concerns name
-- nobody by number: they are found by the name and the date of birth of the case.
create function disputable_statements(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with asked as (
    select * from rights_cases c
    where c.id = the_case and rights_case_is_ready(c.id) and cardinality(c.subjects) > 0
      and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
  )
  select e.id, 'entry', a.name, e.nature || ', ' || e.kind, e.occurred_on, e.created_at, e.restricted_at
  from asked c join entries e on e.person_id = any (c.subjects) join agencies a on a.id = e.agency
  union all
  select f.id, 'referral', a.name, 'referral ' || f.reference, london_day(f.sent_at), f.sent_at, f.restricted_at
  from asked c
  join referrals f on plain_name(f.answers ->> 'given') = plain_name(c.given)
    and plain_name(f.answers ->> 'family') = plain_name(c.family)
    and (c.birth_date is null or f.answers ->> 'birthDate' is null or f.answers ->> 'birthDate' = c.birth_date::text)
  join agencies a on a.id = f.from_agency
  union all
  select n.id, 'concern', a.name, 'concern ' || n.reference, n.noticed_on, n.noted_at, n.restricted_at
  from asked c
  join concerns n on plain_name(n.given) = plain_name(c.given) and plain_name(n.family) = plain_name(c.family)
    and (c.birth_date is null or n.birth_date is null or n.birth_date = c.birth_date)
  join agencies a on a.id = n.agency
  order by 5 desc, 6 desc
$$;

create function mark_statement(the_kind text, the_statement uuid, since timestamptz) returns uuid
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  about uuid;
begin
  case the_kind
    when 'entry' then update entries set restricted_at = since where id = the_statement returning person_id into about;
    when 'referral' then update referrals set restricted_at = since where id = the_statement;
    when 'concern' then update concerns set restricted_at = since where id = the_statement;
  end case;
  return about;
end $$;

-- R22: from this moment it is on no page, in no list, and in no copy that another agency was given.
create function restrict_statement(the_case uuid, the_statement uuid, reason text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  what text;
begin
  select d.kind into what from disputable_statements(the_case) d
    where d.id = the_statement and d.restricted_at is null and length(trim(reason)) > 0;
  if not found then
    return false;
  end if;
  insert into rights_restrictions (rights_case, kind, statement, because, placed_by, placed_at)
    values (the_case, what, the_statement, reason, viewer_user(), present());
  perform record_audit('statement-restricted', 'done', mark_statement(what, the_statement, present()), what,
    the_statement::text, null);
  return true;
end $$;

-- Also after the case was closed: an end with a reason, by an officer.
create function lift_restriction(the_statement uuid, reason text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  what text;
begin
  if not viewer_governs() or length(trim(reason)) = 0 then
    return false;
  end if;
  update rights_restrictions set lifted_by = viewer_user(), lifted_at = present(), lifted_because = reason
    where statement = the_statement and lifted_at is null returning kind into what;
  if not found then
    return false;
  end if;
  perform record_audit('restriction-lifted', 'done', mark_statement(what, the_statement, null), what,
    the_statement::text, null);
  return true;
end $$;

-- Gathers everything that is held about the people of an access case, into a pack of this number: what was suspended or
-- restricted as well, because it is held. Notes of closed circles stay shut to officers of the police (R17).
-- False where the case is not one of access, not open, or its asker has not shown who they are.
create function gather_access_pack(the_pack uuid, the_case uuid, keep_until date) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  asked rights_cases;
  items jsonb;
  looked jsonb;
  one uuid;
begin
  select * into asked from rights_cases c
    where c.id = the_case and c.kind = 'access' and cardinality(c.subjects) > 0 and rights_case_is_ready(c.id);
  if not found or keep_until not between present_day() and present_day() + 180 then
    return false;
  end if;
  with held as (
    select 'record-' || r.id as item, 'record' as kind, r.agency, r.created_at as at, jsonb_build_object(
      'names', r.names, 'birthDate', r.birth_date, 'gender', r.gender, 'ethnicity', r.ethnicity_self,
      'address', concat_ws(', ', r.address, r.postcode), 'phone', r.phone, 'school', r.school, 'reference', r.reference,
      'on', london_day(r.created_at), 'purpose', r.purpose, 'legalBasis', r.legal_basis, 'deleteOn', r.delete_on,
      'suspended', r.suspended_on is not null) as more
    from agency_records r where r.person_id = any (asked.subjects)
    union all
    select 'entry-' || e.id, 'entry', e.agency, e.created_at, jsonb_build_object(
      'nature', e.nature, 'entryKind', e.kind, 'roleInEvent', e.role_in_event, 'on', e.occurred_on,
      'text', case when c.kind <> 'restricted-case' and viewer_is_police() then null else e.text end,
      'source', case when c.kind <> 'restricted-case' and viewer_is_police() then null else e.source end,
      'circle', c.kind, 'by', u.post, 'purpose', r.purpose, 'legalBasis', r.legal_basis,
      'deleteOn', e.delete_on, 'restricted', e.restricted_at is not null, 'suspended', e.suspended_on is not null)
    from entries e join agency_records r on r.id = e.record_id join users u on u.id = e.author
    left join circles c on c.id = e.circle
    where e.person_id = any (asked.subjects)
    union all
    select 'disclosure-' || d.id, 'disclosure', d.from_agency, d.made_at, jsonb_build_object(
      'to', t.name, 'fields', d.fields, 'on', london_day(d.made_at), 'purpose', d.purpose, 'legalBasis', d.legal_basis,
      'content', case when d.kind = 'threat-to-life' and viewer_is_police() and t.kind <> 'police' then null else d.content end,
      'by', u.post, 'deleteOn', d.ends_on, 'withdrawn', d.withdrawn_at is not null)
    from disclosures d join agencies t on t.id = d.to_agency join users u on u.id = d.made_by
    where d.person_id = any (asked.subjects)
    union all
    select 'request-' || q.id, 'request', q.from_agency, q.asked_at, jsonb_build_object(
      'to', t.name, 'on', london_day(q.asked_at), 'purpose', q.purpose, 'by', u.post,
      'text', concat_ws(E'\n', q.question, q.because, q.answer_because))
    from sharing_requests q join agencies t on t.id = q.to_agency join users u on u.id = q.asked_by
    where q.person_id = any (asked.subjects)
    union all
    select 'opening-' || b.id, 'opening', u.agency, b.starts_at, jsonb_build_object(
      'on', london_day(b.starts_at), 'by', u.post, 'text', b.reason)
    from break_glass b join users u on u.id = b.user_id where b.person_id = any (asked.subjects)
    union all
    select 'referral-' || f.id, 'referral', f.from_agency, f.sent_at, jsonb_build_object(
      'to', t.name, 'on', london_day(f.sent_at), 'purpose', f.purpose, 'legalBasis', f.legal_basis, 'by', u.post,
      'deleteOn', f.delete_on, 'suspended', f.suspended_on is not null, 'restricted', f.restricted_at is not null,
      'content', f.answers || coalesce((
        select jsonb_object_agg(w.key, w.value order by a.seq)
        from referral_actions a, jsonb_each(a.detail -> 'answers') w where a.referral = f.id and a.action = 'correct'
      ), '{}') || coalesce((
        select jsonb_build_object('whatWasDone', jsonb_agg(
          jsonb_build_array(a.action, a.detail - 'answers', y.because) order by a.seq))
        from referral_actions a left join referral_reasons y on y.referral = a.referral and y.seq = a.seq
        where a.referral = f.id
      ), '{}'))
    from referrals f join agencies t on t.id = f.to_agency join users u on u.id = f.author
    where plain_name(f.answers ->> 'given') = plain_name(asked.given)
      and plain_name(f.answers ->> 'family') = plain_name(asked.family)
      and (asked.birth_date is null or f.answers ->> 'birthDate' is null or f.answers ->> 'birthDate' = asked.birth_date::text)
    union all
    select 'draft-' || f.id, 'draft', f.agency, f.started_at, jsonb_build_object(
      'on', london_day(f.started_at), 'by', u.post, 'deleteOn', f.delete_on, 'content', f.answers)
    from referral_drafts f join users u on u.id = f.author
    where plain_name(f.answers ->> 'given') = plain_name(asked.given)
      and plain_name(f.answers ->> 'family') = plain_name(asked.family)
      and (asked.birth_date is null or f.answers ->> 'birthDate' is null or f.answers ->> 'birthDate' = asked.birth_date::text)
    union all
    select 'offer-' || o.id, 'offer', o.agency, o.offered_at, jsonb_build_object(
      'on', london_day(o.offered_at), 'purpose', o.purpose, 'by', u.post, 'deleteOn', o.delete_on,
      'content', jsonb_build_object('answer', o.answer, 'takenOnBy', o.taken_by))
    from help_offers o join users u on u.id = o.offered_by where o.person_id = any (asked.subjects)
    union all
    select 'concern-' || n.id, 'concern', n.agency, n.noted_at, jsonb_build_object(
      'on', n.noticed_on, 'purpose', n.purpose, 'legalBasis', n.legal_basis, 'by', u.post, 'deleteOn', n.delete_on,
      'suspended', n.suspended_on is not null, 'restricted', n.restricted_at is not null, 'text', n.text)
    from concerns n join users u on u.id = n.author
    where plain_name(n.given) = plain_name(asked.given) and plain_name(n.family) = plain_name(asked.family)
      and (asked.birth_date is null or n.birth_date is null or n.birth_date = asked.birth_date)
  )
  select coalesce(jsonb_agg(h.more || jsonb_build_object('item', h.item, 'kind', h.kind, 'agency', a.name)
      order by a.name, case h.kind when 'record' then 0 else 1 end, h.at, h.item), '[]')
    into items from held h join agencies a on a.id = h.agency;
  select coalesce(jsonb_agg(jsonb_build_object('agency', t.name, 'times', t.times, 'first', t.first, 'last', t.last) order by t.name), '[]')
    into looked
    from (
      select coalesce(g.name, 'Concord itself') as name, count(*) as times,
        min(london_day(l.at)) as first, max(london_day(l.at)) as last
      from audit l left join agencies g on g.id = l.agency
      where l.person_id = any (asked.subjects) and l.outcome = 'done' and l.seq <= (select h.seq from audit_head h)
      group by 1
    ) t;
  delete from rights_packs where rights_case = the_case and finished_at is null;
  insert into rights_packs (id, rights_case, subjects, agency, content, made_by, made_at, delete_on)
    values (the_pack, the_case, asked.subjects, viewer_agency(),
      jsonb_build_object('items', items, 'looked', looked), viewer_user(), present(), keep_until);
  foreach one in array asked.subjects loop
    perform record_audit('access-pack-gathered', 'done', one, 'rights-case', asked.reference,
      jsonb_build_object('items', jsonb_array_length(items)));
  end loop;
  return true;
end $$;

revoke execute on function rights_reviewer, rights_state, rights_case_is_ready, rights_reviewers, rights_subjects,
  settle_rights_subjects, disputable_statements, mark_statement, restrict_statement, lift_restriction, gather_access_pack
  from public;

grant execute on function rights_reviewer, rights_state, rights_case_is_ready, rights_reviewers, rights_subjects,
  settle_rights_subjects, disputable_statements, restrict_statement, lift_restriction, gather_access_pack to concord_member;

-- A hold is placed by whoever says so, and lifted once with a reason; it is never changed into another.
drop policy governance_keeps_holds on legal_holds;

create policy read_holds on legal_holds for select to concord_member using ((select viewer_governs()));

create policy place_holds on legal_holds for insert to concord_member with check (
  viewer_governs() and placed_by = viewer_user() and placed_at = present()
  and ends_on between present_day() + 1 and present_day() + 366
  and lifted_by is null and lifted_at is null and lifted_because is null
);

create policy lift_holds on legal_holds for update to concord_member
  using ((select viewer_governs()) and lifted_at is null)
  with check (lifted_by = (select viewer_user()) and lifted_at = (select present()) and length(trim(lifted_because)) > 0);

revoke update on legal_holds from concord_member;

grant update (lifted_by, lifted_at, lifted_because) on legal_holds to concord_member;
