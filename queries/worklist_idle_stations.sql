-- purpose: work list of stations that nobody used for two months running
-- 用途：零服务驿站清单：开放但连续两个月没有服务的
-- one row per station open at the month's end, reported with no use at all in the month and in the month before
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   station_id varchar
--   station varchar
--   township_code varchar
--   township varchar
--   station_type varchar
--   last_used date            month of its last reported use; null = none was ever reported

with
-- include: townships_now

-- include: current_codes

used as (
    select
        station_id,
        (count(distinct month) filter (where month >= ($month::date - interval 1 month)::date)) as months,
        sum(person_times) filter (where month >= ($month::date - interval 1 month)::date) as person_times,
        max(month) filter (where person_times > 0) as last_used
    from services
    where month <= $month::date
    group by station_id
),

sent as (
    -- a township that did not report both months is unknown, as in the count
    select current_codes.current_code as township_code
    from reports
    inner join current_codes on reports.township_code = current_codes.township_code
    where reports.month between ($month::date - interval 1 month)::date and $month::date
        and reports.source = 'station_services'
        and reports.is_reported
    group by current_codes.current_code
    having count(distinct reports.month) = 2
)

select
    stations.station_id,
    stations.station,
    townships_now.township_code,
    townships_now.township,
    stations.station_type,
    used.last_used
from stations
inner join current_codes on stations.township_code = current_codes.township_code
inner join townships_now on current_codes.current_code = townships_now.township_code
inner join sent on townships_now.township_code = sent.township_code
inner join used on stations.station_id = used.station_id
where stations.month = $month::date
    and stations.is_open
    and used.months = 2
    and used.person_times = 0
order by townships_now.sort_order, stations.station_id
