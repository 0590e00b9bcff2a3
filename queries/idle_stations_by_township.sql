-- purpose: stations that nobody used for two months running, township by township
-- 用途：各镇街连续两个月零服务的驿站数
-- one row per township valid at the month's end, in official order; null = a month is not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   township_code varchar
--   township varchar
--   stations_open bigint      open at the month's end; null = no station ledger
--   idle_stations bigint      of those, reported with no use at all in the month and in the month before

with
-- include: townships_now

-- include: current_codes

used as (
    select
        station_id,
        count(distinct month) as months,
        sum(person_times) as person_times
    from services
    where month between ($month::date - interval 1 month)::date and $month::date
    group by station_id
),

opened as (
    select
        current_codes.current_code as township_code,
        (count(*) filter (where stations.is_open))::bigint as stations_open,
        (count(*) filter (where stations.is_open and used.months = 2 and used.person_times = 0))::bigint
            as idle_stations
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    left join used on stations.station_id = used.station_id
    where stations.month = $month::date
    group by current_codes.current_code
),

sent as (
    select
        reports.month,
        current_codes.current_code as township_code
    from reports
    inner join current_codes on reports.township_code = current_codes.township_code
    where reports.month between ($month::date - interval 1 month)::date and $month::date
        and reports.source = 'station_services'
        and reports.is_reported
    group by reports.month, current_codes.current_code
),

zeros as (
    select
        township_code,
        0 as zero
    from sent
    group by township_code
    having count(*) = 2
),

listed as (
    select
        month,
        0 as zero
    from reported
    where month = $month::date and table_name = 'stations'
)

select
    townships_now.township_code,
    townships_now.township,
    coalesce(opened.stations_open, listed.zero)::bigint as stations_open,
    (coalesce(opened.idle_stations, listed.zero) + zeros.zero)::bigint as idle_stations
from townships_now
left join opened on townships_now.township_code = opened.township_code
left join zeros on townships_now.township_code = zeros.township_code
left join listed on true
order by townships_now.sort_order, townships_now.township_code
