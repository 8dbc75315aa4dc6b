-- What came of the actions that meetings of a kind gave out, by the agency that does them: counts, and nobody's name nor what
-- is to be done. For whoever works with them, as attendance is: a board holds agencies to account, and reads no case for it.
create function meeting_actions(the_type text, from_day date, to_day date)
returns table (agency text, given bigint, done bigint, on_time bigint, open bigint, overdue bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.agency, count(*),
    count(*) filter (where a.state = 'done'),
    count(*) filter (where a.state = 'done' and london_day(a.closed_at) <= a.due_on),
    count(*) filter (where a.state = 'open'),
    count(*) filter (where a.state = 'open' and a.due_on < present_day())
  from actions a join meetings m on m.id = a.meeting
  where m.type = the_type and london_day(a.made_at) between from_day and to_day and a.state <> 'withdrawn'
    and exists (
      select from meeting_types t where t.id = the_type
        and (t.definition -> 'members' ? viewer_agency() or viewer_role() in ('board-member', 'analyst')))
  group by a.agency
$$;

revoke execute on function meeting_actions from public;

grant execute on function meeting_actions to concord_member;
