-- What casework leaves to be counted: rows with nothing in them that leads back to anybody, which go to the evidence.
--
-- A function "…_counted" for every dataset gives a row for each thing that is there, as it stood at a moment. When
-- one is deleted, its row stays as a count among equals (R12), so that no figure changes because something was
-- deleted, and nobody can tell which it was.

-- Until which day Concord counted; null for what partners send.
alter table loads add column counted_to date;

create table kept_counts (
  dataset text not null,
  -- As the evidence takes it: column and value, without what is not known.
  counted jsonb not null,
  -- True of the synthetic partnership, whose figures everybody may see.
  invented boolean not null,
  rows integer not null check (rows > 0),
  primary key (dataset, counted, invented)
);

comment on table kept_counts is 'Counts of what was deleted. Nothing in a row leads back to what it was.';

-- Before a deletion: what hangs on the row is still there. The arguments are the dataset and its function.
create function keep_count() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  execute format(
    'insert into kept_counts (dataset, counted, invented, rows)
     select %L, counted, invented, 1 from %I(''infinity'') where id = $1
     on conflict (dataset, counted, invented) do update set rows = kept_counts.rows + 1',
    tg_argv[0], tg_argv[1]
  ) using old.id;
  return old;
end $$;

-- Counts of the synthetic partnership go with it, after the trigger that ends it has deleted its referrals: triggers run
-- in the order of their names.
create function forget_invented_counts() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from kept_counts where invented;
  return null;
end $$;

create trigger real_account_forgets_invented_counts after insert on users for each row when (not new.synthetic)
  execute function forget_invented_counts();

-- Referrals sent before a moment, as they stood then. Who somebody is can be asked only of a person.
create function referrals_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
language sql stable as $$
  select r.id, u.synthetic, jsonb_strip_nulls(jsonb_build_object(
    'month', to_char(r.sent_at at time zone 'Europe/London', 'YYYY-MM'),
    'about', r.kind,
    'urgency', r.urgency,
    'referrer', f.kind,
    'outcome', case latest.action
      when 'accept' then 'accepted' when 'decline' then 'declined' when 'withdraw' then 'withdrawn' else 'open' end,
    'reason', case latest.action when 'decline' then latest.reason end,
    'timeliness', case
      when first.at is not null then case when first.at <= r.due_at then 'in-time' else 'late' end
      when latest.action = 'withdraw' then null
      when r.due_at < before then 'overdue'
      else 'not-due' end,
    -- In hours, as most are decided within a day: fine where deadlines lie, and no finer.
    'wait_hours', case when first.at < r.sent_at + interval '72 hours'
      then floor(extract(epoch from first.at - r.sent_at) / 3600)
      else 24 * floor(extract(epoch from first.at - r.sent_at) / 86400) end
  ) || case when r.kind in ('child', 'adult') then jsonb_build_object(
    'age_group', case when aged.years < 10 then 'under-10' when aged.years < 14 then '10-13'
      when aged.years < 16 then '14-15' when aged.years < 18 then '16-17' when aged.years < 25 then '18-24'
      when aged.years < 35 then '25-34' when aged.years >= 35 then 'over-34' end,
    'gender', case said.known ->> 'gender'
      when 'female' then 'Female' when 'male' then 'Male' when 'another-way' then 'Other' end,
    'ethnic_group', case said.known ->> 'ethnicity' when 'asian' then 'Asian' when 'black' then 'Black'
      when 'mixed' then 'Mixed' when 'white' then 'White' when 'other' then 'Other' end,
    'disability', nullif(said.known ->> 'disability', 'not-known'),
    'care', nullif(said.known ->> 'care', 'not-known')
  ) else '{}' end)
  from referrals r
  join users u on u.id = r.author
  join agencies f on f.id = r.from_agency
  left join lateral (
    select a.action, a.detail -> 'decision' ->> 'reason' as reason from referral_actions a
    where a.referral = r.id and a.action not in ('correct', 'review') and a.at < before
    order by a.seq desc limit 1
  ) latest on true
  left join lateral (
    select min(a.at) as at from referral_actions a
    where a.referral = r.id and a.action in ('accept', 'decline') and a.at < before
  ) first on true
  left join lateral (
    select r.answers || coalesce(jsonb_object_agg(e.key, e.value order by a.seq), '{}') as known
    from referral_actions a, jsonb_each(a.detail -> 'answers') e
    where a.referral = r.id and a.action = 'correct' and a.at < before
  ) said on true
  left join lateral (
    select coalesce(
      extract(year from age(london_day(r.sent_at), (said.known ->> 'birthDate')::date))::integer,
      (said.known ->> 'age')::integer
    ) as years
  ) aged on true
  where r.sent_at < before
$$;

create trigger referral_counted before delete on referrals
  for each row execute function keep_count('referrals', 'referrals_counted');

revoke execute on function keep_count, forget_invented_counts, referrals_counted from public;

-- Figures of referrals are those of the catalogue of measures from now on.
drop function referral_counts(date, date);
