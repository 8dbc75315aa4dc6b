-- People charged with knife crime: by month, April 2019 to March 2020 against the year before.
-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.

-- age all
with
in_period as (
  select o.month as by_month
  from offence_people p
  join offences o on o.force = p.force and o.offence_id = p.offence_id
  where o.month between '2019-04' and '2020-03'
    and p.month between '2019-04' and '2020-03'
    and p.role = 'suspect'
    and (o.ho_code in ('1', '4.1', '4.2', '4.10', '2', '5D', '8N', '8P', '8S', '8T', '3B', '19C', '19D', '19E', '19F', '19G', '19H', '17A', '17B', '20A', '20B', '34A', '34B') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
    and p.charged = true
),
in_comparator as (
  select o.month as by_month
  from offence_people p
  join offences o on o.force = p.force and o.offence_id = p.offence_id
  where o.month between '2018-04' and '2019-03'
    and p.month between '2018-04' and '2019-03'
    and p.role = 'suspect'
    and (o.ho_code in ('1', '4.1', '4.2', '4.10', '2', '5D', '8N', '8P', '8S', '8T', '3B', '19C', '19D', '19E', '19F', '19G', '19H', '17A', '17B', '20A', '20B', '34A', '34B') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
    and p.charged = true
)
select 0 as side, by_month, count(*) as n
from in_period
group by by_month
union all
select 1 as side, by_month, count(*) as n
from in_comparator
group by by_month;

-- age under-25
with
in_period as (
  select o.month as by_month, case when p.age < 25 then 1 else 0 end as counted, case when p.age is null then 1 else 0 end as undetermined
  from offence_people p
  join offences o on o.force = p.force and o.offence_id = p.offence_id
  where o.month between '2019-04' and '2020-03'
    and p.month between '2019-04' and '2020-03'
    and p.role = 'suspect'
    and (p.age < 25 or p.age is null)
    and (o.ho_code in ('1', '4.1', '4.2', '4.10', '2', '5D', '8N', '8P', '8S', '8T', '3B', '19C', '19D', '19E', '19F', '19G', '19H', '17A', '17B', '20A', '20B', '34A', '34B') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
    and p.charged = true
),
in_comparator as (
  select o.month as by_month, case when p.age < 25 then 1 else 0 end as counted, case when p.age is null then 1 else 0 end as undetermined
  from offence_people p
  join offences o on o.force = p.force and o.offence_id = p.offence_id
  where o.month between '2018-04' and '2019-03'
    and p.month between '2018-04' and '2019-03'
    and p.role = 'suspect'
    and (p.age < 25 or p.age is null)
    and (o.ho_code in ('1', '4.1', '4.2', '4.10', '2', '5D', '8N', '8P', '8S', '8T', '3B', '19C', '19D', '19E', '19F', '19G', '19H', '17A', '17B', '20A', '20B', '34A', '34B') and (o.ho_code not in ('8T') or o.recorded_on >= cast('2018-11-13' as date)))
    and o.knife_use in ('used_injury', 'used_no_injury', 'threat_seen', 'threat_unseen_believed')
    and p.charged = true
)
select 0 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_period
group by by_month
union all
select 1 as side, by_month, coalesce(sum(counted), 0) as n, coalesce(sum(undetermined), 0) as undetermined
from in_comparator
group by by_month;
