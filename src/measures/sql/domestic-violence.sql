-- Domestic violence with injury: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

with
in_period as (
  select o.month as by_month
  from offences o
  where o.month between '2019-04' and '2020-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and o.domestic = true
),
in_comparator as (
  select o.month as by_month
  from offences o
  where o.month between '2018-04' and '2019-03'
    and (o.ho_code in ('2', '4.3', '4.7', '5D', '5E', '8N', '8P', '8S', '8T') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and o.domestic = true
)
select 0 as side, by_month, count(*) as n
from in_period
group by by_month
union all
select 1 as side, by_month, count(*) as n
from in_comparator
group by by_month;
