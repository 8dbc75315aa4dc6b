-- Accounts of people at work: how they show who they are, and the sessions in which they are signed in.
--
-- The program itself checks who somebody is, before there is anybody to ask policies as. Whoever is signed in
-- reaches their own sessions; the administrator everybody's, and accounts, but no case.

-- Made up for the synthetic partnership. Its cast may be signed in as by anybody, and by nobody as soon as there is
-- one account that is not synthetic.
alter table users add column synthetic boolean not null default false;

alter table users add column changed_at timestamptz;

create table demo_cast (
  user_id uuid primary key references users (id) on delete cascade,
  place smallint not null,
  -- What this person does in the morning, in a sentence.
  morning text not null
);

create table credentials (
  user_id uuid primary key references users (id) on delete cascade,
  -- argon2id, with its parameters and salt.
  password_hash text,
  password_set_at timestamptz,
  -- Secret of the second factor, encrypted with the key of the installation; null until it was confirmed.
  second_factor text,
  -- The last step of time whose code was used: no code works twice.
  second_factor_step bigint not null default 0
);

create table recovery_codes (
  user_id uuid not null references users (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- Who somebody is at the organisation's own sign-in (OpenID Connect).
create table external_identities (
  issuer text not null,
  subject text not null,
  user_id uuid not null references users (id) on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject)
);

-- A link that lets somebody set a password, once: an invitation, or a reset.
create table account_links (
  token_hash text primary key,
  user_id uuid not null references users (id) on delete cascade,
  kind text not null check (kind in ('invitation', 'reset')),
  made_by uuid references users (id),
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  -- They have lost their phone: with the new password comes a new second factor.
  clears_second_factor boolean not null default false
);

create index account_links_by_user on account_links (user_id);

-- Tries that failed, by account and by address. The key is a hash: a mistyped address is somebody's too.
create table failed_sign_ins (
  key_hash text primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz not null
);

-- One for each browser that is signed in. The token itself is in the browser alone.
create table sessions (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  -- Null for the analyst by link and for a changed view of the demonstration, which are nobody in particular.
  user_id uuid references users (id) on delete cascade,
  role text,
  way text not null check (way in ('account', 'single-sign-on', 'cast', 'link', 'demo')),
  purpose text,
  -- Such as "Firefox on Windows": for telling one's sessions apart, no more.
  device text not null,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('signed-out', 'revoked', 'administrator', 'account-ended', 'new-password')),
  check ((user_id is null) = (role is not null)),
  check ((user_id is null) = (way in ('link', 'demo')))
);

create index sessions_by_user on sessions (user_id, started_at) where user_id is not null;

create index sessions_by_end on sessions (ends_at);

create function viewer_is_administrator() returns boolean language sql stable as
  $$ select viewer_user() is not null and viewer_role() = 'administrator' $$;

-- A demonstration's administrator makes accounts of the demonstration; a real one makes real accounts.
create function viewer_is_synthetic() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select synthetic from users where id = viewer_user() $$;

alter table users enable row level security;

create policy read_users on users for select to concord_member using (true);

create policy add_users on users for insert to concord_member with check (
  viewer_is_administrator() and state = 'invited' and synthetic = viewer_is_synthetic()
);

-- Nobody changes their own account: not its role, not its end.
create policy change_users on users for update to concord_member
  using (viewer_is_administrator() and id <> viewer_user() and synthetic = viewer_is_synthetic());

grant select (synthetic, changed_at) on users to concord_member;

grant insert (id, agency, team, name, post, email, role, state, created_at, synthetic) on users to concord_member;

grant update (agency, team, name, post, role, state, changed_at, ended_at) on users to concord_member;

alter table agencies enable row level security;

create policy read_agencies on agencies for select to concord_member using (true);

create policy change_agencies on agencies for update to concord_member using (viewer_is_administrator());

grant update (contact) on agencies to concord_member;

alter table sessions enable row level security;

create policy read_sessions on sessions for select to concord_member using (
  user_id = viewer_user() or viewer_is_administrator()
);

create policy start_session on sessions for insert to concord_member with check (user_id = viewer_user());

create policy change_sessions on sessions for update to concord_member
  using (user_id = viewer_user() or viewer_is_administrator());

grant select (id, user_id, way, purpose, device, started_at, last_seen_at, ends_at, ended_at, ended_because)
  on sessions to concord_member;

grant insert (id, token_hash, user_id, way, purpose, device, started_at, last_seen_at, ends_at) on sessions to concord_member;

grant update (purpose, ended_at, ended_because) on sessions to concord_member;

alter table account_links enable row level security;

create policy make_links on account_links for insert to concord_member with check (
  viewer_is_administrator() and made_by = viewer_user() and user_id <> viewer_user()
);

grant insert (token_hash, user_id, kind, made_by, made_at, ends_at, clears_second_factor) on account_links to concord_member;

alter table credentials enable row level security;

alter table recovery_codes enable row level security;

alter table external_identities enable row level security;

alter table failed_sign_ins enable row level security;

-- Every account as its administrator sees it: how to reach them, and whether they can sign in. No case.
create function user_accounts() returns table (
  id uuid, email text, last_seen_at timestamptz, has_password boolean, has_second_factor boolean, single_sign_on boolean
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.email, (select max(s.last_seen_at) from sessions s where s.user_id = u.id),
    c.password_hash is not null, c.second_factor is not null,
    exists (select from external_identities e where e.user_id = u.id)
  from users u left join credentials c on c.user_id = u.id
  where viewer_is_administrator()
$$;

revoke execute on function user_accounts, viewer_is_synthetic from public;

grant execute on function user_accounts, viewer_is_synthetic to concord_member;
