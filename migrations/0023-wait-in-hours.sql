-- Most referrals are decided within a day: their wait is counted in hours, which days would hide.

-- Of what is deleted already nobody can know them any more.
with before as (delete from kept_counts where dataset = 'referrals' returning *)
insert into kept_counts (dataset, counted, invented, rows)
select dataset, counted - 'wait_days', invented, sum(rows) from before group by 1, 2, 3;

-- What was counted in days stands in files without the new column: the next counting writes them anew.
delete from active_files where dataset = 'referrals';

delete from load_files where load_id in (select id from loads where dataset = 'referrals');

delete from findings where load_id in (select id from loads where dataset = 'referrals');

delete from loads where dataset = 'referrals';

-- Referrals sent before a moment, as they stood then. Who somebody is can be asked only of a person.
create or replace function referrals_counted(before timestamptz) returns table (id uuid, invented boolean, counted jsonb)
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
    -- Fine where deadlines lie, and no finer.
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
