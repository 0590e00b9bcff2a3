-- purpose: open stations and their use over time, each township on the basis month's boundaries
-- 用途：各镇街驿站数和服务人次的逐月变化（可比口径）
-- one row per calendar month and township valid at the basis month's end; null = not reported
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   month date
--   township_code varchar     null = townships that ended without a successor
--   township varchar
--   stations_open bigint      open at the month's end; null = no station ledger
--   person_times bigint       of all stations, those closed in the month included; null = not reported
--   person_times_per_station double person-times for each open station; null where none is open

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: townships_now

-- include: current_codes

opened as (
    select
        stations.month,
        current_codes.current_code as township_code,
        (count(*) filter (where stations.is_open))::bigint as stations_open
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    where stations.month between $from_month::date and $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by stations.month, current_codes.current_code
),

served as (
    select
        services.month,
        current_codes.current_code as township_code,
        sum(services.person_times)::bigint as person_times
    from services
    left join current_codes on services.township_code = current_codes.township_code
    where services.month between $from_month::date and $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by services.month, current_codes.current_code
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select
        months.month,
        townships_now.township_code
    from months
    cross join townships_now
    union
    select
        month,
        township_code
    from opened
    where stations_open > 0
    union
    select
        month,
        township_code
    from served
),

zeros as (
    -- nothing found is 0 where the services were reported, else unknown
    select
        reports.month,
        current_codes.current_code as township_code,
        case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month between $from_month::date and $month::date
        and reports.source = 'station_services'
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by reports.month, current_codes.current_code
),

listed as (
    -- the station ledger is the county's: no station listed is none
    select
        month,
        0 as zero
    from reported
    where month between $from_month::date and $month::date and table_name = 'stations'
),

filled as (
    select
        keys.month,
        keys.township_code,
        townships_now.township,
        townships_now.sort_order,
        coalesce(opened.stations_open, listed.zero)::bigint as stations_open,
        coalesce(served.person_times, zeros.zero)::bigint as person_times
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join opened
        on keys.month = opened.month
        and keys.township_code is not distinct from opened.township_code
    left join served
        on keys.month = served.month
        and keys.township_code is not distinct from served.township_code
    left join zeros
        on keys.month = zeros.month
        and keys.township_code is not distinct from zeros.township_code
    left join listed on keys.month = listed.month
)

select
    month,
    township_code,
    township,
    stations_open,
    person_times,
    person_times / nullif(stations_open, 0)::double as person_times_per_station
from filled
order by month, sort_order nulls last, township_code nulls last
