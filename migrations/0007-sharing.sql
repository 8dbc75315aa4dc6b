-- Agreements are kept by information governance, and seen by everybody at work. What was shared in an emergency is
-- reviewed by governance, who learn that it was, by whom, and why, but not what it said.
alter table agreements enable row level security;

alter table agreement_parties enable row level security;

alter table agreement_fields enable row level security;

create policy read_agreements on agreements for select to concord_member using (true);

create policy read_agreement_parties on agreement_parties for select to concord_member using (true);

create policy read_agreement_fields on agreement_fields for select to concord_member using (true);

create policy make_agreements on agreements for insert to concord_member with check (
  viewer_role() = 'information-governance-officer' and created_by = viewer_user() and created_at = present()
  and ended_on is null and ended_because is null
);

-- Ended from today on, once, with a reason; nothing else of it ever changes.
create policy end_agreements on agreements for update to concord_member
  using (viewer_role() = 'information-governance-officer' and ended_on is null)
  with check (ended_on = present_day() and length(trim(ended_because)) > 0);

-- Its parties and fields are written with it, in the same transaction, and never afterwards.
create function viewer_makes_agreement(the_agreement uuid) returns boolean language sql stable
  return viewer_role() = 'information-governance-officer' and exists (
    select from agreements a
    where a.id = the_agreement and a.created_by = viewer_user() and a.created_at = present()
  );

create policy make_agreement_parties on agreement_parties for insert to concord_member
  with check (viewer_makes_agreement(agreement));

create policy make_agreement_fields on agreement_fields for insert to concord_member
  with check (viewer_makes_agreement(agreement));

grant insert on agreements, agreement_parties, agreement_fields to concord_member;

grant update (ended_on, ended_because) on agreements to concord_member;

-- R15. Field names and reasons; the content stays between the two agencies (R14).
create function emergency_shares() returns table (
  id uuid, person_id uuid, from_agency text, to_agency text, kind text, purpose text, fields text[], because text,
  person_told text, made_by uuid, made_at timestamptz, ends_on date, review_on date,
  reviewed_by uuid, reviewed_at timestamptz, review_outcome text
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.id, d.person_id, d.from_agency, d.to_agency, d.kind, d.purpose, d.fields, d.because,
    d.person_told, d.made_by, d.made_at, d.ends_on, d.review_on, d.reviewed_by, d.reviewed_at, d.review_outcome
  from disclosures d
  where viewer_role() = 'information-governance-officer' and d.kind in ('emergency', 'threat-to-life')
$$;

-- False where there is nothing to review: not there, reviewed already, or made by the reviewer.
create function review_emergency_share(share uuid, outcome text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if viewer_role() is distinct from 'information-governance-officer' or length(trim(outcome)) = 0 then
    return false;
  end if;
  update disclosures set reviewed_by = viewer_user(), reviewed_at = present(), review_outcome = outcome
  where id = share and kind in ('emergency', 'threat-to-life') and reviewed_at is null and made_by <> viewer_user();
  return found;
end $$;

revoke execute on function emergency_shares, review_emergency_share from public;

grant execute on function emergency_shares, review_emergency_share to concord_member;

-- Why somebody may see a thing or may not, for governance: who holds what, in which state; not a word of it. The answer is
-- worked out by the explanation (src/governance/access), which a test compares with the policies.
create function access_facts(the_kind text, the_id uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  thing jsonb;
  person uuid;
begin
  if viewer_role() is distinct from 'information-governance-officer' then
    return null;
  end if;
  if the_kind = 'person' then
    select p.id, jsonb_build_object('kind', 'person') into person, thing from persons p where p.id = the_id;
  elsif the_kind = 'entry' then
    select e.person_id, jsonb_build_object('kind', 'entry', 'person', e.person_id, 'agency', e.agency, 'circle', e.circle,
      'suspendedOn', e.suspended_on, 'restrictedAt', e.restricted_at, 'author', e.author)
    into person, thing from entries e where e.id = the_id;
  elsif the_kind = 'disclosure' then
    select d.person_id, jsonb_build_object('kind', 'disclosure', 'person', d.person_id, 'from', d.from_agency,
      'to', d.to_agency, 'way', d.kind, 'purpose', d.purpose, 'agreement', d.agreement, 'madeBy', d.made_by,
      'endsOn', d.ends_on, 'withdrawnAt', d.withdrawn_at, 'copiesRestricted', d.entries && restricted_entries())
    into person, thing from disclosures d where d.id = the_id;
  elsif the_kind = 'request' then
    select q.person_id, jsonb_build_object('kind', 'request', 'from', q.from_agency, 'to', q.to_agency)
    into person, thing from sharing_requests q where q.id = the_id;
  elsif the_kind = 'break-glass' then
    select b.person_id, jsonb_build_object('kind', 'break-glass', 'person', b.person_id, 'user', b.user_id)
    into person, thing from break_glass b where b.id = the_id;
  elsif the_kind = 'circle' then
    select null, jsonb_build_object('kind', 'circle', 'circle', c.id) into person, thing from circles c where c.id = the_id;
  end if;
  if thing is null then
    return null;
  end if;
  return jsonb_build_object(
    'thing', thing,
    'records', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', 'record', 'person', r.person_id, 'agency', r.agency,
        'sensitive', r.sensitive, 'suspendedOn', r.suspended_on, 'owner', r.owner) order by r.agency, r.id), '[]')
      from agency_records r where r.person_id = person),
    'brokenGlass', (
      select coalesce(jsonb_agg(jsonb_build_object('person', b.person_id, 'user', b.user_id, 'startsAt', b.starts_at,
        'endsAt', b.ends_at)), '[]')
      from break_glass b where b.person_id = person),
    'circles', (
      select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'agency', c.agency, 'owner', c.owner,
        'reviewOn', c.review_on, 'members', array(select m.user_id from circle_members m where m.circle = c.id))), '[]')
      from circles c where c.id::text in (thing ->> 'circle'))
  );
end $$;

revoke execute on function access_facts from public;

grant execute on function access_facts to concord_member;

-- Names must not live on in the planner's statistics.
alter table circles alter column name set statistics 0;
