-- purpose: stations on a map: where each stands, whether it is open and how much it is used
-- 用途：驿站点位、是否开放和服务人次
-- one row per station that was open at the month's end or used in the month
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   station_id varchar
--   station varchar
--   township_code varchar     null = a township that ended without a successor
--   township varchar
--   station_type varchar
--   longitude double          degrees; null = not located
--   latitude double
--   stations_open bigint      1 = open at the month's end, 0 = closed by then
--   idle_stations bigint      1 = open, and reported with 0 uses in this month and the one before
--   person_times bigint       of the month; null = not reported

with
-- include: townships_now

-- include: current_codes

uses as (
    select
        month,
        station_id,
        sum(person_times)::bigint as person_times
    from services
    where month in ($month::date, ($month::date - interval 1 month)::date)
    group by month, station_id
),

listed as (
    select
        stations.station_id,
        stations.station,
        current_codes.current_code as township_code,
        stations.station_type,
        station_places.longitude,
        station_places.latitude,
        stations.is_open,
        now.person_times,
        past.person_times as before
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    left join station_places
        on stations.month = station_places.month and stations.station_id = station_places.station_id
    left join uses as now on stations.station_id = now.station_id and now.month = $month::date
    left join uses as past on stations.station_id = past.station_id and past.month < $month::date
    where stations.month = $month::date
        and (stations.is_open or now.person_times is not null)
        and ($townships is null or list_contains($townships, current_codes.current_code))
)

select
    listed.station_id,
    listed.station,
    listed.township_code,
    townships_now.township,
    listed.station_type,
    listed.longitude,
    listed.latitude,
    listed.is_open::int::bigint as stations_open,
    coalesce(
        listed.is_open and listed.person_times = 0 and listed.before = 0, false
    )::int::bigint as idle_stations,
    listed.person_times
from listed
left join townships_now on listed.township_code = townships_now.township_code
order by townships_now.sort_order nulls last, listed.station_id
