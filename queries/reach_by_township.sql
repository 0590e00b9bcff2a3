-- purpose: enterprises within ten minutes on foot of an open station, township by township
-- 用途：各镇街步行10分钟能到开放驿站的企业
-- one row per township valid at the month's end, in official order; null counts = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all; stations of any township count
-- $reach_metres double      how far ten minutes are (from the profile)
-- columns:
--   township_code varchar     null = of no township, or of one that ended without a successor
--   township varchar
--   enterprises bigint        in operation
--   located bigint            with plausible coordinates
--   not_located bigint
--   within_reach bigint       of those located; null where no open station is located
--   reach_rate double         within_reach of located, 0 to 1
--   reach_metres double       the radius

with months as (
    select $month::date as month
),

-- include: reach

-- include: townships_now

-- include: current_codes

counted as (
    select
        current_codes.current_code as township_code,
        sum(reach_places.enterprises)::bigint as enterprises,
        sum(case when reach_places.is_located then reach_places.enterprises else 0 end)::bigint as located,
        sum(case when reach_places.is_within then reach_places.enterprises else 0 end)::bigint as within_reach
    from reach_places
    left join current_codes on reach_places.township_code = current_codes.township_code
    where $townships is null or list_contains($townships, current_codes.current_code)
    group by current_codes.current_code
),

keys as (
    select township_code
    from townships_now
    union
    select township_code
    from counted
),

sent as (
    -- nothing found is 0 where a ledger was sent, else unknown
    select
        current_codes.current_code as township_code,
        bool_or(reports.is_reported) as is_reported
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month = $month::date and reports.source = 'enterprises'
    group by current_codes.current_code
),

filled as (
    select
        keys.township_code,
        case when sent.is_reported or counted.enterprises > 0 then coalesce(counted.enterprises, 0) end
            as enterprises,
        case when sent.is_reported or counted.enterprises > 0 then coalesce(counted.located, 0) end as located,
        case
            when (sent.is_reported or counted.enterprises > 0) and known_months.month is not null
                then coalesce(counted.within_reach, 0)
        end as within_reach
    from keys
    left join counted on keys.township_code is not distinct from counted.township_code
    left join sent on keys.township_code is not distinct from sent.township_code
    left join known_months on known_months.month = $month::date
)

select
    filled.township_code,
    townships_now.township,
    filled.enterprises,
    filled.located,
    filled.enterprises - filled.located as not_located,
    filled.within_reach,
    filled.within_reach / nullif(filled.located, 0)::double as reach_rate,
    $reach_metres::double as reach_metres
from filled
left join townships_now on filled.township_code = townships_now.township_code
order by townships_now.sort_order nulls last, filled.township_code nulls last
