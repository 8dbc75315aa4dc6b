-- Agencies that have referred to the viewer's partnership, for the filter of its queue: one look into an index for each
-- agency, without the policies of every referral. A coordinator learns by it that an agency has referred at all.
create index referrals_between on referrals (to_agency, from_agency);

create function referring_agencies() returns table (id text, name text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, a.name from agencies a
  where viewer_reads_people() and viewer_role() = 'coordinator'
    and exists (select from referrals r where r.to_agency = viewer_agency() and r.from_agency = a.id)
  order by a.name
$$;

revoke execute on function referring_agencies from public;

grant execute on function referring_agencies to concord_member;
