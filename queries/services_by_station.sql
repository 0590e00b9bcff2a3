-- purpose: use of each station
-- 用途：各驿站服务人次
-- one row per station that was open at the month's end or used in the month
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   station_id varchar
--   station varchar
--   township_code varchar     null = a township that ended without a successor
--   township varchar
--   stations_open bigint      1 = open at the month's end, 0 = closed by then
--   person_times bigint       null = not reported
--   person_times_per_station double null where it is closed

with
-- include: townships_now

-- include: current_codes

served as (
    select
        station_id,
        sum(person_times)::bigint as person_times
    from services
    where month = $month::date
    group by station_id
),

listed as (
    select
        stations.station_id,
        stations.station,
        current_codes.current_code as township_code,
        case when stations.is_open then 1 else 0 end::bigint as stations_open,
        served.person_times
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    left join served on stations.station_id = served.station_id
    where stations.month = $month::date
        and (stations.is_open or served.person_times is not null)
        and ($townships is null or list_contains($townships, current_codes.current_code))
)

select
    listed.station_id,
    listed.station,
    listed.township_code,
    townships_now.township,
    listed.stations_open,
    listed.person_times,
    listed.person_times / nullif(listed.stations_open, 0)::double as person_times_per_station
from listed
left join townships_now on listed.township_code = townships_now.township_code
order by townships_now.sort_order nulls last, listed.station_id
