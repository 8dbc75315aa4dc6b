-- Admissions of under-25s for assault by a sharp object: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

with
in_period as (
  select e.month as by_month, case when e.age < 25 then 1 else 0 end as counted, case when e.age is null then 1 else 0 end as undetermined
  from hospital_admissions e
  where e.month between '2019-04' and '2020-03'
    and (e.age < 25 or e.age is null)
    and e.cause = 'X99'
),
in_comparator as (
  select e.month as by_month, case when e.age < 25 then 1 else 0 end as counted, case when e.age is null then 1 else 0 end as undetermined
  from hospital_admissions e
  where e.month between '2018-04' and '2019-03'
    and (e.age < 25 or e.age is null)
    and e.cause = 'X99'
)
select 0 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;
