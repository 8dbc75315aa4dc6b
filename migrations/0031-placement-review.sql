-- R10: a step that says nothing of the next review leaves its day where it was. `least` passes over what is null, so that the
-- review had moved to the day of deletion.

create or replace function keep_placement_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before placements;
  on_day date := london_day(new.at);
  next_review date := (new.detail ->> 'reviewOn')::date;
  ended boolean := new.state_after in ('refused', 'withdrawn', 'archived', 'removed');
  ends date;
  other record;
begin
  select * into before from placements where id = new.placement for update;
  -- What has ended is deleted soon: the names of those who were told of a removal go when all have confirmed it.
  ends := case when ended
    then least(before.delete_on, on_day + case when new.state_after in ('archived', 'removed') then 90 else 28 end)
    else before.delete_on end;
  -- R10, whatever a form said.
  if next_review is not null and next_review not between on_day + 1 and on_day + 180 then
    raise exception 'No review lies further off than 180 days.' using errcode = 'check_violation';
  end if;
  update placements p set
    state = new.state_after, state_by = new.by_user, state_at = new.at,
    tier = case when new.action in ('place', 'move') then new.detail ->> 'tier' else tier end,
    wanted = case
      when new.action like 'propose%' then new.detail ->> 'tier'
      when new.state_after in ('placed', 'lapsed') or ended then null
      else wanted end,
    owner = case when new.action in ('place', 'move', 'give-to') then coalesce((new.detail ->> 'owner')::uuid, owner) else owner end,
    placed_on = case when new.action = 'place' then on_day else placed_on end,
    notice = case new.action when 'place' then 'due' when 'give-notice' then 'given' when 'withhold-notice' then 'withheld' else notice end,
    -- When it has to be given, was given, or is looked at again.
    notice_on = case new.action when 'place' then on_day + 7 when 'give-notice' then on_day
      when 'withhold-notice' then (new.detail ->> 'againOn')::date else notice_on end,
    challenged_at = case when new.action = 'challenge' then new.at else challenged_at end,
    suspended_on = case when new.action = 'renew' then null else suspended_on end,
    delete_on = ends,
    review_on = case when ended then ends when next_review is null then review_on else least(next_review, ends) end
  where id = new.placement;
  if new.action = 'place' then
    -- Other panels of the scheme that were about to decide on the same person are told that one has.
    for other in
      select o.id, (select max(m.seq) from placement_moves m where m.placement = o.id) as seq
      from placements o
      where o.person_id = before.person_id and o.scheme = before.scheme and o.id <> before.id
        and o.state in ('to-approve', 'to-decide')
    loop
      insert into placement_moves (placement, seq, action, state_after, at, request_key)
      values (other.id, other.seq + 1, 'overtake', 'refused', new.at, gen_random_uuid());
    end loop;
  end if;
  if new.action not in ('review', 'give-notice', 'withhold-notice', 'give-to', 'challenge') then
    perform count_placement(before, coalesce(new.detail ->> 'tier', before.tier, before.wanted), new.action, on_day);
  end if;
  if new.state_after in ('archived', 'removed') then
    perform tell_recipients(new.placement, new.state_after, new.at);
  end if;
  if new.action = 'archive' and new.detail ->> 'pseudonym' is not null then
    insert into after_archive (pseudonym, cohort, tier, archived_on, delete_on)
    values (new.detail ->> 'pseudonym', before.cohort, before.tier, on_day, on_day + 548)
    on conflict do nothing;
    update placement_moves set detail = detail - 'pseudonym' where placement = new.placement and seq = new.seq;
  end if;
  return null;
end $$;

-- Where that had happened, somebody looks within a week.
update placements set review_on = least(review_on, current_date + 7)
where state in ('placed', 'move-to-approve', 'move-to-decide') and review_on = delete_on;
