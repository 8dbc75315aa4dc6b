-- What ends the keeping of records, what holds it up, and what stays when they are gone: counts.

-- A hold stops the deletion of one person's records, for a reason and until a day.
create table legal_holds (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references persons (id),
  because text not null check (length(because) >= 10),
  ends_on date not null,
  placed_by uuid not null references users (id),
  placed_at timestamptz not null,
  lifted_by uuid references users (id),
  lifted_at timestamptz,
  lifted_because text
);

create index legal_holds_by_person on legal_holds (person_id) where lifted_at is null;

alter table legal_holds enable row level security;

create policy governance_keeps_holds on legal_holds to concord_member
  using (viewer_role() = 'information-governance-officer')
  with check (viewer_role() = 'information-governance-officer');

grant select, insert, update on legal_holds to concord_member;

-- Numbers of what was deleted, and nothing else of it: when an old backup is put back, they are deleted again.
create table deletions (
  record_type text not null,
  record_id uuid not null,
  deleted_on date not null,
  primary key (record_type, record_id)
);

-- What the deletions leave: how many of what kind, of which agency, and why.
create table deletion_counts (
  deleted_on date not null,
  record_type text not null,
  agency text not null,
  because text not null,
  records integer not null,
  primary key (deleted_on, record_type, agency, because)
);

alter table deletion_counts enable row level security;

create policy everybody_reads_deletion_counts on deletion_counts for select to concord_member using (true);

grant select on deletion_counts to concord_member;

-- The planner's statistics keep samples of what stands in a column, also when its rows are gone.
alter table agency_records
  alter column names set statistics 0, alter column reference set statistics 0, alter column birth_date set statistics 0,
  alter column address set statistics 0, alter column postcode set statistics 0, alter column phone set statistics 0,
  alter column school set statistics 0;

alter table entries
  alter column text set statistics 0, alter column source set statistics 0,
  alter column handling_conditions set statistics 0;

alter table sharing_requests
  alter column question set statistics 0, alter column because set statistics 0,
  alter column answer_because set statistics 0;

alter table disclosures
  alter column content set statistics 0, alter column because set statistics 0,
  alter column person_told set statistics 0, alter column review_outcome set statistics 0;

alter table break_glass alter column reason set statistics 0, alter column review_outcome set statistics 0;

alter table match_decisions alter column because set statistics 0;

alter table legal_holds alter column because set statistics 0, alter column lifted_because set statistics 0;

-- R19: openings that an officer should look at. The reader shares a family name with the person, or the person has the
-- name of somebody at work here. Behind the policies, because an officer of governance reads no case.
create function audit_flags(from_seq bigint, to_seq bigint) returns table (seq bigint, flag text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with looked as (
    select a.seq, a.person_id, lower(u.name) as reader
    from audit a join users u on u.id = a.user_id
    where a.seq between from_seq and to_seq and a.person_id is not null
      and viewer_role() = 'information-governance-officer'
  ), known as (
    select distinct r.person_id, lower(n.value ->> 'given') as given, lower(n.value ->> 'family') as family
    from agency_records r, jsonb_array_elements(r.names) n
    where r.person_id in (select person_id from looked)
  )
  select distinct l.seq, 'own-name' from looked l join known k on k.person_id = l.person_id
  where k.family is not null and position(' ' || k.family || ' ' in ' ' || l.reader || ' ') > 0
  union
  select distinct l.seq, 'colleague' from looked l join known k on k.person_id = l.person_id
  join users u on lower(u.name) = k.given || ' ' || k.family
$$;

revoke execute on function audit_flags from public;

grant execute on function audit_flags to concord_member;
