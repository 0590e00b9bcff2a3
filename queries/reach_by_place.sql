-- purpose: where enterprises in operation are, and how many of them reach an open station in ten minutes
-- 用途：企业点位，以及步行10分钟能不能到开放驿站
-- one row per township and place with an enterprise; those without coordinates are not here
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all; stations of any township count
-- $reach_metres double      how far ten minutes are (from the profile)
-- columns:
--   township_code varchar     null = of no township, or of one that ended without a successor
--   township varchar
--   longitude double          degrees
--   latitude double
--   enterprises bigint
--   within_reach bigint       all of them or 0; null where no open station is located

with months as (
    select $month::date as month
),

-- include: reach

-- include: townships_now

-- include: current_codes

placed as (
    select
        current_codes.current_code as township_code,
        reach_places.longitude,
        reach_places.latitude,
        sum(reach_places.enterprises)::bigint as enterprises,
        sum(reach_places.enterprises * reach_places.is_within::int)::bigint as within_reach
    from reach_places
    left join current_codes on reach_places.township_code = current_codes.township_code
    where reach_places.is_located
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by current_codes.current_code, reach_places.longitude, reach_places.latitude
)

select
    placed.township_code,
    townships_now.township,
    placed.longitude,
    placed.latitude,
    placed.enterprises,
    placed.within_reach
from placed
left join townships_now on placed.township_code = townships_now.township_code
order by
    townships_now.sort_order nulls last, placed.township_code nulls last, placed.longitude, placed.latitude
