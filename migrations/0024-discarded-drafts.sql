-- A draft that its author threw away stays away when an old backup is put back. (One that was sent is not noted: where the
-- referral is lost with what came after the backup, the draft is all that is left of the work.)
create function note_discarded_draft(draft uuid) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into deletions select 'referral-draft', draft, present_day()
  where not exists (select from referral_drafts d where d.id = draft)
  on conflict do nothing
$$;

revoke execute on function note_discarded_draft from public;

grant execute on function note_discarded_draft to concord_member, concord_guest;
