-- People at work, what agencies have agreed to share, and the record of who did what.
--
-- Every request of a person at work runs under the role concord_member, with who they are in settings of the
-- transaction (concord.user and so on). That role owns nothing and sees what policies let it. The program itself
-- owns the tables: its own jobs pass the policies, pages never do.

do $$
begin
  if not exists (select from pg_roles where rolname = 'concord_member') then
    create role concord_member nologin;
  end if;
exception
  -- Roles belong to the whole server: another installation may have made it this moment.
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'The database user % may not make the role concord_member. Let an administrator of the server run once: create role concord_member nologin; grant concord_member to %;',
      current_user, current_user;
end $$;

do $$
begin
  if not pg_has_role(current_user, 'concord_member', 'set') then
    execute format('grant concord_member to %I', current_user);
  end if;
exception
  when insufficient_privilege then
    raise exception 'The database user % may not act as concord_member, which another user made. Let an administrator of the server run once: grant concord_member to %;',
      current_user, current_user;
end $$;

grant usage on schema public to concord_member;

-- Members make no tables of any kind. (Where the program does not own the database this is a warning, no more: every
-- function below that looks behind the policies reads temporary tables last.)
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
end $$;

-- Bodies written as `return` are read once, here: nobody's search path or temporary table changes what they mean, and
-- queries that they stand in are planned sooner.
create function viewer_user() returns uuid language sql stable
  return nullif(current_setting('concord.user', true), '')::uuid;

create function viewer_agency() returns text language sql stable
  return nullif(current_setting('concord.agency', true), '');

create function viewer_role() returns text language sql stable
  return nullif(current_setting('concord.role', true), '');

create function viewer_purpose() returns text language sql stable
  return nullif(current_setting('concord.purpose', true), '');

-- The program's clock, not the server's: rules about time are tested by moving it.
create function present() returns timestamptz language sql stable
  return current_setting('concord.now')::timestamptz;

create function present_day() returns date language sql stable
  return (present() at time zone 'Europe/London')::date;

create table agencies (
  id text primary key,
  name text not null,
  -- police, council, school, health, youth-justice, probation, charity, housing, partnership, commissioner …
  kind text not null,
  -- Whom to ask, as a post: what a pointer shows.
  contact text not null default '',
  closed_on date
);

create table teams (
  id uuid primary key default gen_random_uuid(),
  agency text not null references agencies (id),
  name text not null,
  unique (agency, name)
);

create table users (
  id uuid primary key default gen_random_uuid(),
  agency text not null references agencies (id),
  team uuid references teams (id),
  name text not null,
  post text not null,
  email text not null,
  role text not null check (role in (
    'practitioner', 'coordinator', 'analyst', 'commander', 'board-member', 'scrutiny-panel-member',
    'information-governance-officer', 'administrator')),
  state text not null default 'active' check (state in ('invited', 'active', 'suspended', 'left')),
  created_at timestamptz not null,
  ended_at timestamptz
);

create unique index users_email on users (lower(email));

-- What is agreed in writing between agencies. Nothing about a person crosses without one in force (R13).
create table agreements (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  purpose text not null,
  legal_basis text not null,
  owner text not null,
  starts_on date not null,
  ends_on date not null,
  ended_on date,
  ended_because text,
  created_by uuid references users (id),
  created_at timestamptz not null,
  check (ends_on > starts_on)
);

create table agreement_parties (
  agreement uuid not null references agreements (id) on delete cascade,
  agency text not null references agencies (id),
  primary key (agreement, agency)
);

-- What may cross: 'known-to', that an agency holds a record; or the name of a field of a disclosure.
create table agreement_fields (
  agreement uuid not null references agreements (id) on delete cascade,
  field text not null,
  primary key (agreement, field)
);

create index agreement_parties_by_agency on agreement_parties (agency, agreement);

create function agreement_in_force(starts_on date, ends_on date, ended_on date) returns boolean language sql stable
  return starts_on <= present_day() and ends_on >= present_day() and (ended_on is null or ended_on > present_day());

-- True where this agreement is in force and names both agencies, the purpose and every field. No fields, no sharing.
create function agreement_permits(the_agreement uuid, one text, other text, for_purpose text, fields text[])
returns boolean language sql stable
  return cardinality(fields) > 0 and one <> other and exists (
    select from agreements a
    join agreement_parties p on p.agreement = a.id and p.agency = one
    join agreement_parties q on q.agreement = a.id and q.agency = other
    where a.id = the_agreement and a.purpose = for_purpose and agreement_in_force(a.starts_on, a.ends_on, a.ended_on)
      and fields <@ array(select f.field from agreement_fields f where f.agreement = a.id)
  );

-- True where one agreement in force covers all of it.
create function agreement_covers(one text, other text, for_purpose text, fields text[]) returns boolean
language sql stable
  return exists (select from agreements a where agreement_permits(a.id, one, other, for_purpose, fields));

-- Agreements in force of the viewer's agency.
create function viewer_agreements() returns setof uuid language sql stable
begin atomic
  select p.agreement from agreement_parties p join agreements a on a.id = p.agreement
  where p.agency = viewer_agency() and agreement_in_force(a.starts_on, a.ends_on, a.ended_on);
end;

grant select on agencies, teams, agreements, agreement_parties, agreement_fields to concord_member;

grant select (id, agency, team, name, post, role, state) on users to concord_member;

-- The record of acts upon personal data: hash-chained, so that a row altered, removed or put in between shows.
-- It names people by number alone, so that it outlives what it tells of without keeping it.
create table audit (
  seq bigint primary key,
  at timestamptz not null,
  user_id uuid,
  agency text,
  role text,
  purpose text,
  case_reference text,
  event text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  person_id uuid,
  subject_kind text,
  subject_id text,
  detail jsonb not null default '{}',
  previous_hash text not null,
  hash text not null
);

create index audit_by_person on audit (person_id, seq) where person_id is not null;

create index audit_by_user on audit (user_id, seq) where user_id is not null;

create index audit_by_event on audit (event, seq);

-- The end of the chain. Whoever adds an entry holds this row until the end of the transaction.
create table audit_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash text not null
);

insert into audit_head (seq, hash) values (0, 'start');

create function audit_hash(entry audit) returns text language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_array(
    entry.seq, extract(epoch from entry.at), entry.user_id, entry.agency, entry.role, entry.purpose,
    entry.case_reference, entry.event, entry.outcome, entry.person_id, entry.subject_kind, entry.subject_id,
    entry.detail, entry.previous_hash
  )::text, 'UTF8')), 'hex')
$$;

-- Who acts is taken from the transaction's settings: nobody can record an act as somebody else. Temporary tables come
-- last in the path of every function that looks behind the policies, so that none stands in for a table of ours.
create function record_audit(
  the_event text, the_outcome text, the_person uuid, the_kind text, the_subject text, the_detail jsonb
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  head audit_head;
  entry audit;
begin
  select * into head from audit_head for update;
  entry.seq := head.seq + 1;
  entry.at := present();
  entry.user_id := viewer_user();
  entry.agency := viewer_agency();
  entry.role := viewer_role();
  entry.purpose := viewer_purpose();
  entry.case_reference := nullif(current_setting('concord.case', true), '');
  entry.event := the_event;
  entry.outcome := the_outcome;
  entry.person_id := the_person;
  entry.subject_kind := the_kind;
  entry.subject_id := the_subject;
  entry.detail := coalesce(the_detail, '{}');
  entry.previous_hash := head.hash;
  entry.hash := audit_hash(entry);
  insert into audit select entry.*;
  update audit_head set seq = entry.seq, hash = entry.hash;
  return entry.seq;
end $$;

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
  raise exception 'The audit is only ever added to.';
end $$;

create trigger audit_is_only_added_to before update or delete or truncate on audit
  for each statement execute function refuse_change_of_audit();

alter table audit enable row level security;

create policy audit_for_governance on audit for select to concord_member
  using (viewer_role() = 'information-governance-officer');

grant select on audit to concord_member;

revoke execute on function record_audit from public;

grant execute on function record_audit to concord_member;
