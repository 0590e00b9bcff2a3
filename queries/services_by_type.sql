-- purpose: use of stations, service by service
-- 用途：各类驿站服务人次
-- one row per service type reported in the month, most used first
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   service_type varchar
--   stations_open bigint      all open stations, the same for each type, so that the rates sum to the total's
--   person_times bigint
--   person_times_per_station double person-times for each open station; null where none is open

with
-- include: current_codes

types as (
    select distinct service_type
    from services
    where month = $month::date
),

served as (
    select
        services.service_type,
        sum(services.person_times)::bigint as person_times
    from services
    left join current_codes on services.township_code = current_codes.township_code
    where services.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by services.service_type
),

opened as (
    select (count(*) filter (where stations.is_open))::bigint as stations_open
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    where stations.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
),

zeros as (
    -- nothing found is 0 where the services were reported, else unknown
    select case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month = $month::date
        and reports.source = 'station_services'
        and ($townships is null or list_contains($townships, current_codes.current_code))
),

listed as (
    select case when count(*) > 0 then 0 end as zero
    from reported
    where month = $month::date and table_name = 'stations'
),

filled as (
    select
        types.service_type,
        opened.stations_open + listed.zero as stations_open,
        coalesce(served.person_times, zeros.zero)::bigint as person_times
    from types
    left join served on types.service_type = served.service_type
    cross join opened
    cross join zeros
    cross join listed
)

select
    service_type,
    stations_open,
    person_times,
    person_times / nullif(stations_open, 0)::double as person_times_per_station
from filled
order by person_times desc nulls last, service_type
