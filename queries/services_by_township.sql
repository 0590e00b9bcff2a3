-- purpose: open stations and their use, township by township
-- 用途：各镇街驿站数和服务人次
-- one row per township valid at the month's end, in official order; null = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   township_code varchar     null = townships that ended without a successor
--   township varchar
--   stations_open bigint      open at the month's end; null = no station ledger
--   person_times bigint       of all stations, those closed in the month included; null = not reported
--   person_times_per_station double person-times for each open station; null where none is open

with
-- include: townships_now

-- include: current_codes

opened as (
    select
        current_codes.current_code as township_code,
        (count(*) filter (where stations.is_open))::bigint as stations_open
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    where stations.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by current_codes.current_code
),

served as (
    select
        current_codes.current_code as township_code,
        sum(services.person_times)::bigint as person_times
    from services
    left join current_codes on services.township_code = current_codes.township_code
    where services.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by current_codes.current_code
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select township_code
    from townships_now
    union
    select township_code
    from opened
    where stations_open > 0
    union
    select township_code
    from served
),

zeros as (
    -- nothing found is 0 where the services were reported, else unknown
    select
        current_codes.current_code as township_code,
        case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month = $month::date
        and reports.source = 'station_services'
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by current_codes.current_code
),

listed as (
    -- the station ledger is the county's: no station listed is none
    select
        month,
        0 as zero
    from reported
    where month = $month::date and table_name = 'stations'
),

filled as (
    select
        keys.township_code,
        townships_now.township,
        townships_now.sort_order,
        coalesce(opened.stations_open, listed.zero)::bigint as stations_open,
        coalesce(served.person_times, zeros.zero)::bigint as person_times
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join opened on keys.township_code is not distinct from opened.township_code
    left join served on keys.township_code is not distinct from served.township_code
    left join zeros on keys.township_code is not distinct from zeros.township_code
    left join listed on true
)

select
    township_code,
    township,
    stations_open,
    person_times,
    person_times / nullif(stations_open, 0)::double as person_times_per_station
from filled
order by sort_order nulls last, township_code nulls last
