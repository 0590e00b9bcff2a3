-- purpose: stations by type, their kit and their use
-- 用途：各类驿站数、标配和服务人次
-- one row per station type of the ledger, most open stations first
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   station_type varchar      null = not stated
--   stations_listed bigint    all in the ledger
--   stations_open bigint      open at the month's end
--   full_kit bigint           of those open, with all six standard items
--   kit_rate double           full_kit of stations_open, 0 to 1
--   person_times bigint       of all stations, those closed in the month included; null = not reported
--   rows_reported bigint      how many numbers of services were reported

with
-- include: current_codes

used as (
    select
        station_id,
        count(*) as rows_reported,
        sum(person_times)::bigint as person_times
    from services
    where month = $month::date
    group by station_id
),

counted as (
    select
        stations.station_type,
        count(*)::bigint as stations_listed,
        (count(*) filter (where stations.is_open))::bigint as stations_open,
        (count(*) filter (where stations.is_open and stations.full_kit))::bigint as full_kit,
        sum(used.person_times)::bigint as person_times,
        coalesce(sum(used.rows_reported), 0)::bigint as rows_reported
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    left join used on stations.station_id = used.station_id
    where stations.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by stations.station_type
)

select
    station_type,
    stations_listed,
    stations_open,
    full_kit,
    full_kit / nullif(stations_open, 0)::double as kit_rate,
    person_times,
    rows_reported
from counted
order by stations_open desc, station_type nulls last
