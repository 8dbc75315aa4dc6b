-- Copies of minutes and agendas that leave the product as Word or PDF: to one recipient each, who sits in the meeting, until
-- an end, without names unless whoever gives it says why (R16). A copy is no file that is kept: it is made when it is taken,
-- of what its recipient may hear on that day, so that an agreement that has ended lets nothing out.
create table meeting_copies (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  -- Of the form, which may give to several: the same form twice gives nobody two.
  request_key uuid not null,
  meeting uuid not null references meetings (id) on delete cascade,
  what text not null check (what in ('agenda', 'minutes')),
  recipient uuid not null references users (id),
  -- For which the recipient sits in the meeting.
  agency text not null references agencies (id),
  -- Why names stand in it; null where they are hidden.
  names_because text check (length(names_because) between 1 and 500),
  given_by uuid not null references users (id),
  given_by_agency text not null references agencies (id),
  given_at timestamptz not null,
  -- Last day on which it can be taken.
  ends_on date not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid references users (id),
  delete_on date not null,
  unique (request_key, recipient),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);

create index meeting_copies_by_meeting on meeting_copies (meeting, given_at);

create index meeting_copies_by_recipient on meeting_copies (recipient, ends_on);

-- Each time that the recipient took it.
create table meeting_copy_takings (
  copy uuid not null references meeting_copies (id) on delete cascade,
  taken_at timestamptz not null,
  format text not null check (format in ('pdf', 'docx')),
  primary key (copy, taken_at, format)
);

-- What was typed must not live on in the planner's statistics.
alter table meeting_copies alter column names_because set statistics 0;

-- Whether an agreement lets the agency hear anybody else in the meeting; where nobody is spoken of, none is needed.
create function meeting_copy_may_name(the_meeting uuid, the_agency text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from meetings m cross join lateral unnest(m.agencies) other
    where m.id = the_meeting and (m.purpose is null
      or (other <> the_agency and agreement_covers(other, the_agency, m.purpose, array['meeting']))))
$$;

revoke execute on function meeting_copy_may_name from public;

grant execute on function meeting_copy_may_name to concord_member;

alter table meeting_copies enable row level security;

-- The recipient, for the agency for which they sat; whoever gave it; and those who run the meeting, who answer for it.
create policy read_copies on meeting_copies for select to concord_member using (
  (recipient = (select viewer_user()) and agency = (select viewer_agency()))
  or (given_by = (select viewer_user()) and given_by_agency = (select viewer_agency()))
  or (meeting in (select viewer_meetings()) and viewer_runs_meeting(meeting))
);

-- By those who run the meeting, to those who sit in it; by anybody to themselves, and then without names.
create policy give_copies on meeting_copies for insert to concord_member with check (
  given_by = viewer_user() and given_by_agency = viewer_agency() and given_at = present()
  and withdrawn_at is null and ends_on between present_day() and present_day() + 28
  and exists (
    select from meetings m join meeting_members x on x.meeting = m.id
    where m.id = meeting_copies.meeting and x.user_id = recipient and x.agency = meeting_copies.agency
      and case what when 'minutes' then m.state = 'closed' else m.state in ('planned', 'open') end)
  and (viewer_runs_meeting(meeting)
    or (meeting in (select viewer_meetings()) and recipient = viewer_user() and names_because is null))
  and (names_because is null or meeting_copy_may_name(meeting, agency))
);

create policy take_copies_back on meeting_copies for update to concord_member
  using (withdrawn_at is null and (given_by = (select viewer_user()) or viewer_runs_meeting(meeting)))
  with check (withdrawn_at = present() and withdrawn_by = viewer_user());

grant select, insert on meeting_copies to concord_member;

grant update (withdrawn_at, withdrawn_by) on meeting_copies to concord_member;

alter table meeting_copy_takings enable row level security;

create policy read_takings on meeting_copy_takings for select to concord_member using (
  exists (select from meeting_copies c where c.id = copy)
);

create policy take_copies on meeting_copy_takings for insert to concord_member with check (
  taken_at = present() and exists (
    select from meeting_copies c
    where c.id = copy and c.recipient = viewer_user() and c.agency = viewer_agency() and c.withdrawn_at is null
      and c.ends_on >= present_day())
);

grant select, insert on meeting_copy_takings to concord_member;

create function notices_of_copies(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select c.recipient, 'meeting-copy', c.reference, '/meetings/copies/' || c.reference
  from meeting_copies c join users u on u.id = c.recipient and u.agency = c.agency and u.state = 'active'
  where c.id = subject and case the_kind
    when 'meeting-copy-given' then c.given_by = viewer_user() and c.given_at = present()
    -- Whoever never took it has nothing to destroy.
    when 'meeting-copy-withdrawn' then c.withdrawn_by = viewer_user() and c.withdrawn_at = present()
      and exists (select from meeting_copy_takings t where t.copy = c.id)
    else false
  end
$$;

revoke execute on function notices_of_copies from public;

insert into notice_subjects values ('meeting-copy');

insert into notice_kinds (kind, found_by)
select kind, 'notices_of_copies' from unnest(array['meeting-copy-given', 'meeting-copy-withdrawn']) kind;
