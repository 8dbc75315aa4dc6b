-- Into custody: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

with
in_period as (
  select e.month as by_month
  from custody_in_cohorts e
  where e.month between '2019-04' and '2020-03'
),
in_comparator as (
  select e.month as by_month
  from custody_in_cohorts e
  where e.month between '2018-04' and '2019-03'
)
select 0 as side, by_month, count(*) as n
from in_period
group by by_month
union all
select 1 as side, by_month, count(*) as n
from in_comparator
group by by_month;
