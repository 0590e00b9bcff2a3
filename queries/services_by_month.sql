-- purpose: open stations and their use over time
-- 用途：驿站数和服务人次的逐月变化
-- one row per calendar month; null = not reported
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   month date
--   stations_open bigint      open at the month's end; null = no station ledger
--   person_times bigint       of all stations, those closed in the month included; null = not reported
--   person_times_per_station double person-times for each open station; null where none is open

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: current_codes

opened as (
    select
        stations.month,
        (count(*) filter (where stations.is_open))::bigint as stations_open
    from stations
    left join current_codes on stations.township_code = current_codes.township_code
    where stations.month between $from_month::date and $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by stations.month
),

served as (
    select
        services.month,
        sum(services.person_times)::bigint as person_times
    from services
    left join current_codes on services.township_code = current_codes.township_code
    where services.month between $from_month::date and $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by services.month
),

zeros as (
    -- nothing found is 0 where the services were reported, else unknown
    select
        reports.month,
        case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month between $from_month::date and $month::date
        and reports.source = 'station_services'
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by reports.month
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
        months.month,
        coalesce(opened.stations_open, listed.zero)::bigint as stations_open,
        coalesce(served.person_times, zeros.zero)::bigint as person_times
    from months
    left join opened on months.month = opened.month
    left join served on months.month = served.month
    left join zeros on months.month = zeros.month
    left join listed on months.month = listed.month
)

select
    month,
    stations_open,
    person_times,
    person_times / nullif(stations_open, 0)::double as person_times_per_station
from filled
order by month
