-- Positive outcome rate: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

-- offences u25-violence, whose victim, set charges-and-out-of-court, basis recorded
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- offences violence-with-injury, whose victim, set charges-and-out-of-court, basis recorded
with
in_period as (
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met
  from offences o
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
),
in_comparator as (
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met
  from offences o
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
)
select 0 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_comparator
group by by_month;

-- offences u25-violence, whose suspect, set charges-and-out-of-court, basis recorded
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- offences u25-violence, whose either, set charges-and-out-of-court, basis recorded
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- offences u25-violence, whose victim, set charges-only, basis recorded
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- offences u25-violence, whose victim, set with-diversion, basis recorded
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8', '22') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8', '22') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- offences u25-violence, whose victim, set with-diversion-and-taken-into-consideration, basis recorded
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '4', '6', '7', '8', '22') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
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
  select o.month as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '4', '6', '7', '8', '22') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;

-- offences u25-violence, whose victim, set charges-and-out-of-court, basis closed
with
ages_in_period as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month <= '2020-03'
    and p.role = 'victim'
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_period as (
  select substr(cast(o.outcome_on as varchar), 1, 7) as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_period a on a.force = o.force and a.offence_id = o.offence_id
  where o.outcome_on >= cast('2019-04-01' as date)
    and o.outcome_on < cast('2020-04-01' as date)
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and coalesce(o.outcome_type, '0') <> '0'
),
ages_in_comparator as (
  select p.force, p.offence_id, max(case when p.age < 25 then 1 else 0 end) as counted
  from offence_people p
  where p.month <= '2019-03'
    and p.role = 'victim'
    and (p.age < 25 or p.age is null)
  group by p.force, p.offence_id
),
in_comparator as (
  select substr(cast(o.outcome_on as varchar), 1, 7) as by_month, case when coalesce(o.outcome_type, '0') in ('1', '1A', '2', '2A', '3', '3A', '6', '7', '8') then 1 else 0 end as met, a.counted as counted, 1 - a.counted as undetermined
  from offences o
  join ages_in_comparator a on a.force = o.force and a.offence_id = o.offence_id
  where o.outcome_on >= cast('2018-04-01' as date)
    and o.outcome_on < cast('2019-04-01' as date)
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and coalesce(o.domestic, false) = false
    and coalesce(o.outcome_type, '0') <> '0'
)
select 0 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met * counted), 0) as n, coalesce(sum(counted), 0) as out_of, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;
