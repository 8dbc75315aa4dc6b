-- Each part of the program brings its own kinds of notices and deadlines, and the function that finds whose they are: one
-- part is added without rewriting what another tells.

create table notice_kinds (
  kind text primary key check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  -- Function of the kind and the subject's key that gives recipient, subject kind, reference and link; null for reminders,
  -- which follow from deadlines.
  found_by text
);

insert into notice_kinds (kind, found_by)
select kind, 'notices_of' from unnest(array[
  'referral-arrived', 'urgent-referral-arrived', 'referral-challenged', 'referral-taken', 'referral-decided',
  'referral-withdrawn', 'referral-corrected', 'emergency-referral-to-review', 'information-asked-for',
  'request-answered', 'information-offered', 'shared-in-emergency', 'emergency-to-review', 'disclosure-withdrawn',
  'glass-broken', 'broken-glass-to-review', 'breach-reported', 'challenge-to-review']) kind;

insert into notice_kinds (kind) values ('due-today'), ('overdue');

create table notice_subjects (
  kind text primary key check (kind ~ '^[a-z]+(-[a-z]+)*$')
);

insert into notice_subjects values
  ('referral'), ('request'), ('disclosure'), ('broken-glass'), ('breach'), ('rights-case');

alter table notices
  drop constraint notices_kind_check, drop constraint notices_subject_kind_check,
  add foreign key (kind) references notice_kinds (kind),
  add foreign key (subject_kind) references notice_subjects (kind);

create table deadline_sources (
  -- Function without arguments that gives rows as `open_deadlines` does.
  found_by text primary key
);

alter function open_deadlines() rename to first_deadlines;

insert into deadline_sources values ('first_deadlines');

create function open_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  source text;
begin
  for source in select found_by from deadline_sources order by found_by loop
    return query execute format('select * from %I()', source);
  end loop;
end $$;

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
     from %I($1, $2) n where n.recipient <> viewer_user()', source)
    using the_kind, subject;
  get diagnostics told = row_count;
  return told;
end $$;

revoke execute on function open_deadlines from public;
