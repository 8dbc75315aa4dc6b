-- A partner without an account can refer, once, by a link that somebody at work had sent to their organisation.
--
-- Whoever opens the link is nobody at work. They act under a role of their own, concord_guest, which has the hash of the
-- link in the setting concord.invitation and reaches one draft and one sending: no table of people, no name of anybody at
-- work, no agreement, no list. What they send belongs to the agency that invited them, and whoever invited them answers for
-- it: reads it, corrects it when the partner rings, is told what became of it, and so never decides about it.

do $$
begin
  if not exists (select from pg_roles where rolname = 'concord_guest') then
    create role concord_guest nologin;
  end if;
exception
  -- Roles belong to the whole server: another installation may have made it this moment.
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'The database user % may not make the role concord_guest. Let an administrator of the server run once: create role concord_guest nologin; grant concord_guest to %;',
      current_user, current_user;
end $$;

do $$
begin
  if not pg_has_role(current_user, 'concord_guest', 'set') then
    execute format('grant concord_guest to %I', current_user);
  end if;
exception
  when insufficient_privilege then
    raise exception 'The database user % may not act as concord_guest, which another user made. Let an administrator of the server run once: grant concord_guest to %;',
      current_user, current_user;
end $$;

grant usage on schema public to concord_guest;

create table referral_invitations (
  -- Of the form that was sent: the same form twice is one invitation. The draft and the referral have this number too.
  id uuid primary key,
  reference text not null unique,
  agency text not null references agencies (id),
  -- Answers for what comes of it.
  invited_by uuid not null references users (id),
  -- The partnership that receives the referral.
  to_agency text not null references agencies (id),
  -- Under which it may come; null where the inviting agency receives it itself.
  agreement uuid references agreements (id),
  purpose text not null,
  -- As the partner is told.
  legal_basis text not null,
  organisation text not null,
  post text not null,
  -- Where whoever invites them knows it.
  guest_name text,
  email text not null,
  what_for text not null,
  made_at timestamptz not null,
  -- Nobody opens it for longer than a week; the hour more is October's.
  ends_at timestamptz not null check (ends_at > made_at and ends_at <= made_at + interval '8 days 1 hour'),
  -- The link itself is in the e-mail alone. Null until the e-mail is on its way.
  token_hash text unique,
  taken_back_at timestamptz,
  taken_back_by uuid references users (id),
  used_at timestamptz,
  referral_reference text,
  -- Of the form with which it was sent: that browser alone is shown that it arrived.
  receipt_hash text unique,
  delete_on date not null,
  check (num_nulls(taken_back_at, taken_back_by) in (0, 2)),
  check (num_nulls(used_at, referral_reference, receipt_hash) in (0, 3)),
  check (used_at is null or taken_back_at is null)
);

create index referral_invitations_by_agency on referral_invitations (agency, made_at);

create index referral_invitations_by_inviter on referral_invitations (invited_by, made_at);

alter table referral_invitations
  alter column organisation set statistics 0, alter column post set statistics 0,
  alter column guest_name set statistics 0, alter column email set statistics 0, alter column what_for set statistics 0;

-- E-mail to the organisation: the link, that the referral arrived, that it was looked at. The address is read from the
-- invitation when it goes. States as those of notice_mails.
create table invitation_mails (
  id uuid primary key default gen_random_uuid(),
  invitation uuid not null references referral_invitations (id) on delete cascade,
  kind text not null check (kind in ('link', 'received', 'decided')),
  state text not null default 'waiting'
    check (state in ('waiting', 'sending', 'sent', 'refused', 'given-up', 'uncertain')),
  tries smallint not null default 0,
  next_try_at timestamptz not null,
  made_at timestamptz not null,
  tried_at timestamptz,
  sent_at timestamptz,
  -- A code, as in notice_mails, never the words of a server.
  fault text check (fault ~ '^[A-Z0-9]{1,20}$'),
  unique (invitation, kind)
);

create index invitation_mails_open on invitation_mails (next_try_at) where state in ('waiting', 'sending');

-- `author` is who answers for it at work: of what a partner writes or sent, whoever invited them.
alter table referral_drafts add column invitation uuid unique references referral_invitations (id) on delete cascade;

-- Organisation and post stay with the referral when the invitation, with name and address, is gone.
alter table referrals
  add column invitation uuid references referral_invitations (id) on delete set null,
  add column guest_organisation text,
  add column guest_post text,
  add check (num_nulls(guest_organisation, guest_post) in (0, 2)),
  add check (invitation is null or guest_organisation is not null),
  alter column guest_organisation set statistics 0,
  alter column guest_post set statistics 0,
  -- Null while nothing has happened to it since a partner sent it.
  alter column state_by drop not null;

-- Null for a partner who was invited: nobody at work did it.
alter table referral_actions alter column by_user drop not null,
  add check (by_user is not null or action = 'send');

-- "Youth club leader, Club": who judged that it could not wait, where that was a partner who was invited.
alter table referral_emergencies add column guest text, alter column guest set statistics 0;

-- What a partner has begun is theirs alone: whoever invited them reads it when it is sent.
alter policy own_drafts on referral_drafts
  using ((select viewer_reads_people()) and author = (select viewer_user()) and agency = (select viewer_agency())
    and invitation is null)
  with check ((select viewer_reads_people()) and author = (select viewer_user()) and agency = (select viewer_agency())
    and invitation is null);

-- Nobody at work sends as a partner.
alter policy send_referrals on referrals with check (
  (select viewer_reads_people()) and from_agency = (select viewer_agency()) and author = (select viewer_user())
  and purpose = (select viewer_purpose()) and sent_at = present() and state = 'sent'
  and invitation is null and guest_organisation is null
  and to_agency in (select a.id from agencies a where a.kind = 'partnership' and a.closed_on is null)
  and case shared_under
    when 'own-agency' then from_agency = to_agency
    when 'agreement' then agreement_covers(from_agency, to_agency, purpose, array['referral'])
    else exists (select from referral_emergencies e where e.referral = id and e.to_agency = referrals.to_agency)
  end
);

alter policy declare_emergency on referral_emergencies with check (
  (select viewer_reads_people()) and author = (select viewer_user()) and from_agency = (select viewer_agency())
  and purpose = (select viewer_purpose()) and at = present() and review_on > present_day() and reviewed_by is null
  and guest is null
);

alter table referral_invitations enable row level security;

create policy read_invitations on referral_invitations for select to concord_member using (
  (select viewer_reads_people()) and agency = (select viewer_agency())
  and (invited_by = (select viewer_user()) or (select viewer_role()) = 'coordinator')
);

-- R13: not without an agreement that lets a referral cross, unless the agency receives them itself.
create policy invite_partners on referral_invitations for insert to concord_member with check (
  (select viewer_reads_people()) and (select viewer_role()) in ('practitioner', 'coordinator')
  and agency = (select viewer_agency()) and invited_by = (select viewer_user())
  and purpose = (select viewer_purpose()) and made_at = present() and delete_on > present_day()
  and to_agency in (select a.id from agencies a where a.kind = 'partnership' and a.closed_on is null)
  and case when agency = to_agency then agreement is null
    else agreement_permits(agreement, agency, to_agency, purpose, array['referral']) end
);

create policy take_invitations_back on referral_invitations for update to concord_member
  using ((select viewer_reads_people()) and agency = (select viewer_agency())
    and (invited_by = (select viewer_user()) or (select viewer_role()) = 'coordinator')
    and used_at is null and taken_back_at is null)
  with check (taken_back_by = (select viewer_user()) and taken_back_at = present());

grant select (id, reference, agency, invited_by, to_agency, agreement, purpose, legal_basis, organisation, post, guest_name,
  email, what_for, made_at, ends_at, taken_back_at, taken_back_by, used_at, referral_reference, delete_on)
  on referral_invitations to concord_member;

grant insert (id, reference, agency, invited_by, to_agency, agreement, purpose, legal_basis, organisation, post, guest_name,
  email, what_for, made_at, ends_at, token_hash, delete_on) on referral_invitations to concord_member;

grant update (taken_back_at, taken_back_by) on referral_invitations to concord_member;

-- With a link that is taken back goes what was begun behind it.
create function drop_draft_of_invitation() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from referral_drafts where invitation = new.id;
  return null;
end $$;

create trigger draft_goes_with_invitation after update of taken_back_at on referral_invitations
  for each row when (new.taken_back_at is not null) execute function drop_draft_of_invitation();

alter table invitation_mails enable row level security;

create policy read_invitation_mails on invitation_mails for select to concord_member using (
  exists (select from referral_invitations i where i.id = invitation)
);

-- The program writes to partners for real people alone: a demonstration, in which anybody may sign in, sends nothing.
create policy send_links on invitation_mails for insert to concord_member with check (
  kind = 'link' and state = 'waiting' and not viewer_is_synthetic()
  and exists (select from referral_invitations i
    where i.id = invitation and i.invited_by = (select viewer_user()) and i.made_at = present())
);

grant select (invitation, kind, state, sent_at, fault) on invitation_mails to concord_member;

grant insert (invitation, kind, next_try_at, made_at) on invitation_mails to concord_member;

-- Told again when it is decided again.
create function tell_guest_of_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into invitation_mails (invitation, kind, next_try_at, made_at)
  select r.invitation, 'decided', new.at, new.at from referrals r
  where r.id = new.referral
    and exists (select from invitation_mails m where m.invitation = r.invitation and m.kind = 'link')
  on conflict (invitation, kind)
    do update set state = 'waiting', tries = 0, next_try_at = new.at, made_at = new.at, fault = null;
  return null;
end $$;

create trigger guest_is_told after insert on referral_actions
  for each row when (new.action in ('accept', 'decline')) execute function tell_guest_of_decision();

-- The invitation whose link the guest holds, while it opens something: else null, and everything below is closed.
create function guest_invitation() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id from referral_invitations i
  where i.token_hash = nullif(current_setting('concord.invitation', true), '')
    and i.used_at is null and i.taken_back_at is null and i.ends_at > present()
$$;

-- What the guest is told of their own invitation. Neither name nor address: whoever holds the link might be somebody else.
create function guest_details() returns table (
  id uuid, reference text, organisation text, post text, what_for text, purpose text, legal_basis text, agreement text,
  ends_at timestamptz, invited_by text, inviter_post text, agency text, contact text, receiver text
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.reference, i.organisation, i.post, i.what_for, i.purpose, i.legal_basis, g.title, i.ends_at, u.name, u.post, a.name,
    a.contact, t.name
  from referral_invitations i
  join users u on u.id = i.invited_by join agencies a on a.id = i.agency join agencies t on t.id = i.to_agency
  left join agreements g on g.id = i.agreement
  where i.id = guest_invitation()
$$;

-- True where it was begun just now. It ends with the invitation.
create function start_guest_draft() returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  begun uuid;
begin
  insert into referral_drafts (id, agency, author, invitation, started_at, changed_at, delete_on)
  select i.id, i.agency, i.invited_by, i.id, present(), present(), (i.ends_at at time zone 'Europe/London')::date
  from referral_invitations i where i.id = guest_invitation()
  on conflict do nothing returning id into begun;
  return begun is not null;
end $$;

create policy guest_draft on referral_drafts for all to concord_guest
  using (invitation = (select guest_invitation())) with check (invitation = (select guest_invitation()));

grant select (id, answers, changed_at, delete_on), update (answers, changed_at), delete on referral_drafts to concord_guest;

-- The one sending, which uses the invitation up. `sent` with the reference; `sent-before` with it for the same form again;
-- `no-agreement`; `over` where the invitation opens nothing, or nothing was begun.
create function send_invited_referral(
  the_receipt text, the_kind text, the_urgency text, the_answers jsonb, the_legal_basis text, the_due_at timestamptz,
  the_review_on date, the_delete_on date, the_emergency_review_on date
) returns table (outcome text, reference text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  invited referral_invitations;
  under text;
  given text;
begin
  -- Whoever sends in the same moment, or takes it back, waits here.
  select * into invited from referral_invitations i
  where i.token_hash = nullif(current_setting('concord.invitation', true), '') for update;
  if invited.used_at is not null and invited.receipt_hash = the_receipt then
    return query select 'sent-before', invited.referral_reference;
    return;
  end if;
  if guest_invitation() is null or not exists (select from referral_drafts d where d.id = invited.id) then
    return query select 'over', null::text;
    return;
  end if;
  under := case
    when invited.agency = invited.to_agency then 'own-agency'
    when agreement_covers(invited.agency, invited.to_agency, invited.purpose, array['referral']) then 'agreement'
    when length(trim(the_answers ->> 'emergencyBecause')) > 0 then 'emergency' end;
  if under is null then
    return query select 'no-agreement', null::text;
    return;
  end if;
  given := next_reference('R');
  if under = 'emergency' then
    insert into referral_emergencies
      (referral, from_agency, to_agency, author, guest, purpose, because, at, review_on)
    values (invited.id, invited.agency, invited.to_agency, invited.invited_by,
      invited.post || ', ' || invited.organisation, invited.purpose, the_answers ->> 'emergencyBecause', present(),
      the_emergency_review_on);
  end if;
  insert into referrals (id, reference, from_agency, to_agency, author, invitation, guest_organisation, guest_post, kind,
    urgency, answers, purpose, legal_basis, shared_under, sent_at, due_at, state_at, review_on, delete_on)
  values (invited.id, given, invited.agency, invited.to_agency, invited.invited_by, invited.id, invited.organisation,
    invited.post, the_kind, the_urgency, the_answers, invited.purpose, the_legal_basis, under, present(), the_due_at,
    present(), the_review_on, the_delete_on);
  insert into referral_actions (referral, seq, action, state_after, by_agency, at, request_key)
  values (invited.id, 1, 'send', 'sent', invited.agency, present(), gen_random_uuid());
  delete from referral_drafts d where d.id = invited.id;
  update referral_invitations i set used_at = present(), referral_reference = given, receipt_hash = the_receipt
  where i.id = invited.id;
  insert into invitation_mails (invitation, kind, next_try_at, made_at)
  select invited.id, 'received', present(), present()
  where exists (select from invitation_mails m where m.invitation = invited.id and m.kind = 'link');
  perform send_notice('invited-partner-referred', invited.id);
  perform send_notice(
    case when the_urgency in ('immediate', 'today') then 'urgent-referral-arrived' else 'referral-arrived' end, invited.id);
  if under = 'emergency' then
    perform send_notice('emergency-referral-to-review', invited.id);
  end if;
  return query select 'sent', given;
end $$;

-- To the browser that sent it, until the invitation would have ended: that it arrived, and nothing of what it says.
create function guest_receipt() returns table (
  reference text, sent_at timestamptz, due_at timestamptz, organisation text, agency text, contact text
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.referral_reference, i.used_at, r.due_at, i.organisation, a.name, a.contact
  from referral_invitations i join agencies a on a.id = i.agency left join referrals r on r.id = i.id
  where i.receipt_hash = nullif(current_setting('concord.receipt', true), '') and i.ends_at > present()
    and i.token_hash = coalesce(nullif(current_setting('concord.invitation', true), ''), i.token_hash)
$$;

-- As 0012 has it, but that an act of nobody at work is somebody's too.
create or replace function viewer_just_did(the_referral uuid, the_action text[]) returns boolean language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from referral_actions a
    where a.referral = the_referral and a.action = any (the_action) and a.by_user is not distinct from viewer_user()
      and a.at = present())
$$;

-- As 0014 has it, but that nobody at work is nobody's recipient.
create or replace function send_notice(the_kind text, subject uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  source text;
  told integer;
begin
  select found_by into source from notice_kinds where kind = the_kind;
  if source is null then
    return 0;
  end if;
  execute format(
    'insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
     select n.recipient, $1, n.subject_kind, n.reference, n.link, present(), present_day() + 90
     from %I($1, $2) n where n.recipient is distinct from viewer_user()', source)
    using the_kind, subject;
  get diagnostics told = row_count;
  return told;
end $$;

-- Whoever invited a partner is told that they have sent their referral.
insert into notice_kinds (kind, found_by) values ('invited-partner-referred', 'notices_of_invitations');

create function notices_of_invitations(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select t, 'referral', r.reference, '/referrals/' || r.reference
  from referrals r cross join lateral asker_or_coordinators(r.author, r.from_agency) t
  where r.id = subject and the_kind = 'invited-partner-referred' and r.guest_organisation is not null
    and viewer_just_did(r.id, '{send}')
$$;

-- A copy that somebody is given says who wrote of them: the partner, and not whoever invited them.
do $$
declare
  before text := pg_get_functiondef('first_held'::regproc);
  made text := before;
begin
  made := replace(made, $q$'legalBasis', f.legal_basis, 'by', u.post,$q$,
    $q$'legalBasis', f.legal_basis, 'by', coalesce(f.guest_post || ', ' || f.guest_organisation, u.post),$q$);
  made := replace(made, $q$london_day(f.started_at), 'by', u.post,$q$,
    $q$london_day(f.started_at), 'by', coalesce((
      select i.post || ', ' || i.organisation from referral_invitations i where i.id = f.invitation), u.post),$q$);
  if length(made) < length(before) + 150 then
    raise exception 'first_held is not as this migration knows it';
  end if;
  execute made;
end $$;

-- Invitations of made-up people end with the demonstration; what was sent by them goes with its author (0013).
create function end_demonstrated_invitations() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from referral_invitations i using users u where u.id = i.invited_by and u.synthetic;
  return null;
end $$;

create trigger real_account_ends_demonstrated_invitations after insert on users for each row when (not new.synthetic)
  execute function end_demonstrated_invitations();

revoke execute on function drop_draft_of_invitation, tell_guest_of_decision, guest_invitation, guest_details,
  start_guest_draft, send_invited_referral, guest_receipt, notices_of_invitations, end_demonstrated_invitations from public;

grant execute on function guest_invitation, guest_details, start_guest_draft, send_invited_referral, guest_receipt,
  record_audit to concord_guest;
