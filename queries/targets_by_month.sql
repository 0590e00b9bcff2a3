-- purpose: targets over time, of the county and its townships
-- 用途：全县和各镇街目标的逐月变化
-- one row per indicator, township that has a target (the county's first) and month
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   indicator_id varchar
--   township_code varchar     null = the whole county
--   township varchar
--   month date
--   value double              a rate is a ratio, 0 to 1

with
-- include: townships_now

aimed as (
    -- the county's own, and those of the townships asked for
    select
        targets.indicator_id,
        targets.township_code,
        townships_now.township,
        targets.month,
        targets.value,
        townships_now.sort_order
    from targets
    left join townships_now on targets.township_code = townships_now.township_code
    where targets.month between $from_month::date and $month::date
        and (targets.township_code is null or townships_now.township_code is not null)
)

select
    indicator_id,
    township_code,
    township,
    month,
    value
from aimed
order by indicator_id, sort_order nulls first, month
