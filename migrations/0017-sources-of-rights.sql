-- What is held about somebody, what can be disputed, and who took part in a decision, is known to each part of the program:
-- each brings the functions that say so, and none rewrites what another says.

-- Functions of a case that give what is held about the people of it, for the copy that they are given.
create table held_sources (
  found_by text primary key
);

create function first_held(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'record-' || r.id, 'record', r.agency, r.created_at, jsonb_build_object(
    'names', r.names, 'birthDate', r.birth_date, 'gender', r.gender, 'ethnicity', r.ethnicity_self,
    'address', concat_ws(', ', r.address, r.postcode), 'phone', r.phone, 'school', r.school, 'reference', r.reference,
    'on', london_day(r.created_at), 'purpose', r.purpose, 'legalBasis', r.legal_basis, 'deleteOn', r.delete_on,
    'suspended', r.suspended_on is not null)
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
$$;

insert into held_sources values ('first_held');

create function held_about(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  source text;
begin
  for source in select found_by from held_sources order by found_by loop
    return query execute format('select * from %I($1)', source) using asked;
  end loop;
end $$;

create or replace function gather_access_pack(the_pack uuid, the_case uuid, keep_until date) returns boolean
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
  select coalesce(jsonb_agg(h.more || jsonb_build_object('item', h.item, 'kind', h.kind, 'agency', a.name)
      order by a.name, case h.kind when 'record' then 0 else 1 end, h.at, h.item), '[]')
    into items from held_about(asked) h join agencies a on a.id = h.agency;
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

-- Kinds of statement that can be restricted: the table, and the function of a case that finds them.
create table disputable_kinds (
  kind text primary key,
  table_name text not null,
  found_by text not null
);

insert into disputable_kinds values
  ('entry', 'entries', 'first_disputable'), ('referral', 'referrals', 'first_disputable'),
  ('concern', 'concerns', 'first_disputable');

alter table rights_restrictions
  drop constraint rights_restrictions_kind_check, add foreign key (kind) references disputable_kinds (kind);

alter function disputable_statements(uuid) rename to first_disputable;

create function disputable_statements(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  sources text[] := array(select distinct found_by from disputable_kinds);
begin
  return query execute (
    select string_agg(format('select * from %I($1)', source), ' union all ') || ' order by 5 desc, 6 desc'
    from unnest(sources) source
  ) using the_case;
end $$;

create or replace function mark_statement(the_kind text, the_statement uuid, since timestamptz) returns uuid
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  about uuid;
begin
  execute format('update %I t set restricted_at = $1 where id = $2 returning (to_jsonb(t) ->> ''person_id'')::uuid',
    (select table_name from disputable_kinds where kind = the_kind))
    using since, the_statement into about;
  return about;
end $$;

-- Functions of a case that give who took part in what is challenged (R21).
create table part_sources (
  found_by text primary key
);

create function first_took_part(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select e.author from rights_cases c join entries e on e.person_id = any (c.subjects) where c.id = the_case
  union
  select r.owner from rights_cases c join agency_records r on r.person_id = any (c.subjects) where c.id = the_case
  union
  select f.author from rights_cases c join referrals f on f.reference = c.about_referral where c.id = the_case
  union
  select a.by_user from rights_cases c join referrals f on f.reference = c.about_referral
  join referral_actions a on a.referral = f.id where c.id = the_case
$$;

insert into part_sources values ('first_took_part');

create function took_part(the_case uuid) returns setof uuid
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  source text;
begin
  for source in select found_by from part_sources order by found_by loop
    return query execute format('select * from %I($1)', source) using the_case;
  end loop;
end $$;

create or replace function rights_reviewers(the_case uuid) returns table (id uuid, name text, post text, agency text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.name, u.post, a.name
  from rights_cases c
  cross join users u
  join agencies a on a.id = u.agency
  where c.id = the_case and viewer_governs() and (cardinality(c.subjects) > 0 or c.about_referral is not null)
    and u.state = 'active' and u.role in ('coordinator', 'commander', 'information-governance-officer')
    and u.synthetic = (select v.synthetic from users v where v.id = viewer_user())
    and u.id not in (select took_part(c.id))
  order by a.name, u.name
$$;

revoke execute on function first_held, held_about, first_disputable, disputable_statements, first_took_part, took_part from public;

revoke execute on function first_disputable from concord_member;

grant execute on function disputable_statements to concord_member;
