-- Stop and search: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

with
own_in_period as (
  select distinct e.force, e.month
  from stop_and_search e
  where e.month between '2019-04' and '2020-03'
),
in_period as (
  select e.month as by_month
  from stop_and_search e
  where e.month between '2019-04' and '2020-03'
  union all
  select e.month as by_month
  from police_uk_stop_and_search e
  where e.month between '2019-04' and '2020-03'
    and not exists (select 1 from own_in_period own where own.force = e.force and own.month = e.month)
),
own_in_comparator as (
  select distinct e.force, e.month
  from stop_and_search e
  where e.month between '2018-04' and '2019-03'
),
in_comparator as (
  select e.month as by_month
  from stop_and_search e
  where e.month between '2018-04' and '2019-03'
  union all
  select e.month as by_month
  from police_uk_stop_and_search e
  where e.month between '2018-04' and '2019-03'
    and not exists (select 1 from own_in_comparator own where own.force = e.force and own.month = e.month)
)
select 0 as side, by_month, count(*) as n
from in_period
group by by_month
union all
select 1 as side, by_month, count(*) as n
from in_comparator
group by by_month;
