-- Harmed after an archive: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

-- months 12
with
in_period as (
  select e.month as by_month, case when e.harmed = 'yes' then 1 else 0 end as met
  from after_archive e
  where e.month between '2019-04' and '2020-03'
    and e.months_after = '12'
),
in_comparator as (
  select e.month as by_month, case when e.harmed = 'yes' then 1 else 0 end as met
  from after_archive e
  where e.month between '2018-04' and '2019-03'
    and e.months_after = '12'
)
select 0 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_comparator
group by by_month;

-- months 3
with
in_period as (
  select e.month as by_month, case when e.harmed = 'yes' then 1 else 0 end as met
  from after_archive e
  where e.month between '2019-04' and '2020-03'
    and e.months_after = '3'
),
in_comparator as (
  select e.month as by_month, case when e.harmed = 'yes' then 1 else 0 end as met
  from after_archive e
  where e.month between '2018-04' and '2019-03'
    and e.months_after = '3'
)
select 0 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_comparator
group by by_month;

-- months 6
with
in_period as (
  select e.month as by_month, case when e.harmed = 'yes' then 1 else 0 end as met
  from after_archive e
  where e.month between '2019-04' and '2020-03'
    and e.months_after = '6'
),
in_comparator as (
  select e.month as by_month, case when e.harmed = 'yes' then 1 else 0 end as met
  from after_archive e
  where e.month between '2018-04' and '2019-03'
    and e.months_after = '6'
)
select 0 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(met), 0) as n, count(*) as out_of
from in_comparator
group by by_month;
