-- purpose: Kaplan-Meier curve of how long grievances stay open
-- 用途：诉求办结时长的生存曲线（在办件按截尾处理）
-- one row per whole calendar day from 0 to the longest; none where there is no case
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   day bigint                days since receipt
--   at_risk bigint            cases not closed and not lost from sight before that day
--   closed bigint             closed on that day
--   censored bigint           open at the month's end at that age
--   survival double           share still open after that day

with
-- include: current_codes

lasting as (
    -- cases received in the 12 months ending with the month
    select
        grievance_days.days,
        sum(grievance_days.closed)::bigint as closed,
        sum(grievance_days.open)::bigint as censored
    from grievance_days
    left join current_codes on grievance_days.township_code = current_codes.township_code
    where grievance_days.month = $month::date
        and grievance_days.basis = 'cohort'
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_days.committee_id))
    group by grievance_days.days
),

days as (
    select unnest(generate_series(0, max(days))) as day
    from lasting
),

filled as (
    select
        days.day,
        coalesce(lasting.closed, 0) as closed,
        coalesce(lasting.censored, 0) as censored
    from days
    left join lasting on days.day = lasting.days
),

exposed as (
    select
        *,
        sum(closed + censored) over (order by day desc)::bigint as at_risk
    from filled
)

select
    day,
    at_risk,
    closed,
    censored,
    product(1 - closed / at_risk::double) over (order by day) as survival
from exposed
order by day
