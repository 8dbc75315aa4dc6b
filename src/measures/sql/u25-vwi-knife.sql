-- Under-25 violence with injury, with a knife: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

-- whose victim
with
ages_in_period as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month between '2019-04' and '2020-03'
    and p.role = 'victim'
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_period as (
  select o.month as by_month, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
),
ages_in_comparator as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month between '2018-04' and '2019-03'
    and p.role = 'victim'
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_comparator as (
  select o.month as by_month, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
)
select 0 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- whose suspect
with
ages_in_period as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month between '2019-04' and '2020-03'
    and p.role = 'suspect'
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_period as (
  select o.month as by_month, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
),
ages_in_comparator as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month between '2018-04' and '2019-03'
    and p.role = 'suspect'
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_comparator as (
  select o.month as by_month, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
)
select 0 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- whose either
with
ages_in_period as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month between '2019-04' and '2020-03'
    and p.role in ('victim', 'suspect')
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_period as (
  select o.month as by_month, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
),
ages_in_comparator as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month between '2018-04' and '2019-03'
    and p.role in ('victim', 'suspect')
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_comparator as (
  select o.month as by_month, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
)
select 0 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;
