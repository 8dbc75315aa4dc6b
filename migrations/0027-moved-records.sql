-- Where one's own agency's record of somebody lies, since a coordinator joined it to another or parted it again: what was
-- open under the number before leads there. Null where nothing of one's own agency moved from that number.
create function record_moved_to(was uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.person_id from match_decisions d join agency_records r on r.id = d.moved_record
  where was in (d.moved_from, d.moved_to) and r.person_id <> was and r.agency = viewer_agency()
    and viewer_reads_people() and r.suspended_on is null
    and not exists (select from agency_records o where o.person_id = was and o.agency = viewer_agency())
  order by d.decided_at desc limit 1
$$;

revoke execute on function record_moved_to from public;

grant execute on function record_moved_to to concord_member;

create index match_decisions_by_number_before on match_decisions (moved_from) where moved_from is not null;

create index match_decisions_by_number_after on match_decisions (moved_to) where moved_to is not null;

-- Numbers that records of these people had before they were joined to them, and that stand for nobody any more: what was
-- kept under them, and who looked, is about these people.
create function numbers_before(people uuid[]) returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct d.moved_from), '{}')
  from match_decisions d join agency_records r on r.id = d.moved_record
  where r.person_id = any (people) and d.moved_from <> all (people)
    and not exists (select from agency_records o where o.person_id = d.moved_from)
$$;

revoke execute on function numbers_before from public;

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
  asked.subjects := asked.subjects || numbers_before(asked.subjects);
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
