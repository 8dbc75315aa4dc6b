-- Finding people by name as it is heard and spelt. Keys of a record's names, written with it: how each part sounds, and
-- its first letters. A search reads them under the same rule as the records themselves.

create table record_keys (
  record_id uuid not null references agency_records (id) on delete cascade,
  agency text not null,
  key text not null,
  primary key (record_id, key)
);

create index record_keys_by_key on record_keys (agency, key);

alter table record_keys alter column key set statistics 0;

alter table record_keys enable row level security;

create policy read_record_keys on record_keys for select to concord_member using (
  (select viewer_reads_people()) and agency = (select viewer_agency())
);

create policy write_record_keys on record_keys for insert to concord_member with check (
  (select viewer_keeps_records()) and agency = (select viewer_agency())
  and record_id in (select id from agency_records where agency = (select viewer_agency()))
);

create policy remove_record_keys on record_keys for delete to concord_member using (
  (select viewer_keeps_records()) and agency = (select viewer_agency())
);

grant select, insert, delete on record_keys to concord_member;

-- Who of one's own agency has opened a person's page: colleagues can see each other look.
create function own_agency_looked(person uuid) returns table (name text, post text, times integer, last timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.name, u.post, count(*)::integer, max(a.at)
  from audit a join users u on u.id = a.user_id
  where a.person_id = person and a.agency = viewer_agency() and a.event = 'person-opened' and a.outcome = 'done'
    and viewer_reads_people() and viewer_holds(person)
  group by u.id, u.name, u.post order by max(a.at) desc limit 50
$$;

revoke execute on function own_agency_looked from public;

grant execute on function own_agency_looked to concord_member;
