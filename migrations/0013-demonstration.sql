-- The synthetic partnership's casework never stands beside real casework. The first account that is not synthetic, by
-- whatever way it is made, ends the demonstration in the same transaction: its people are gone, its agreements cover
-- nothing, and none of its accounts works, whatever password a visitor has given one.

create function end_demonstration() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made_up uuid[];
begin
  if not exists (select from users where synthetic and state <> 'left') then
    return null;
  end if;
  select array_agg(id) into made_up from users where synthetic;
  delete from rights_cases where opened_by = any (made_up);
  delete from breaches where reported_by = any (made_up);
  delete from help_offers where offered_by = any (made_up);
  delete from disclosures where made_by = any (made_up);
  delete from sharing_requests where asked_by = any (made_up);
  delete from break_glass where user_id = any (made_up);
  delete from legal_holds where placed_by = any (made_up);
  delete from concerns where author = any (made_up);
  delete from referral_drafts where author = any (made_up);
  delete from referrals where author = any (made_up);
  -- Entries, keys, proposals and decisions of a record go with it.
  delete from agency_records where owner = any (made_up);
  delete from circles where owner = any (made_up);
  delete from persons p where not exists (select from agency_records r where r.person_id = p.id);
  if not exists (select from users where not synthetic and id <> new.id) then
    delete from deletions;
    delete from deletion_counts;
  end if;
  update agreements set ended_on = least(current_date, ends_on), ended_because = 'The demonstration ended.'
    where ended_on is null and (created_by is null or created_by = any (made_up));
  update agencies set contact = '' where contact like '%(synthetic)%';
  update sessions set ended_at = clock_timestamp(), ended_because = 'account-ended'
    where user_id = any (made_up) and ended_at is null;
  delete from notices where recipient = any (made_up);
  delete from notice_mails where recipient = any (made_up);
  delete from calendar_feeds where user_id = any (made_up);
  delete from account_links where user_id = any (made_up);
  delete from credentials where user_id = any (made_up);
  delete from demo_cast;
  update users set state = 'left', ended_at = clock_timestamp(), team = null
    where id = any (made_up) and (state <> 'left' or team is not null);
  delete from teams where name like '%(synthetic)' and not exists (select from users u where u.team = teams.id);
  return null;
end $$;

revoke execute on function end_demonstration from public;

create trigger real_account_ends_demonstration after insert on users for each row when (not new.synthetic)
  execute function end_demonstration();
