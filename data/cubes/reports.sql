-- purpose: which townships sent which ledger
-- one row per township valid at the month's end and source that was published with at least one row
-- from: townships, enterprises, figures, stations, station_services
-- $month_end date           last day of the month
-- columns:
--   township_code varchar
--   source varchar            enterprises, figures (人员与党员统计表, which states members) or station_services
--   is_reported boolean       has a row; a township without any open station has no services to report

with recursive dated as (
    select
        township_code,
        successor,
        valid_from <= $month_end::date and coalesce(valid_to >= $month_end::date, true) as is_valid
    from townships
),

-- a ledger sent under a name that ended within the month counts for its successor
steps as (
    select
        township_code,
        township_code as reached_code
    from townships
    union
    select
        steps.township_code,
        dated.successor as reached_code
    from steps
    inner join dated on steps.reached_code = dated.township_code
    where not dated.is_valid and dated.successor is not null
),

sent as (
    select
        'enterprises' as source,
        township_code
    from enterprises
    union
    select
        -- the table holds several ledgers: members stand in that of the townships' people alone
        'figures' as source,
        township_code
    from figures
    where indicator_id = 'members_full'
    union
    select
        'station_services' as source,
        stations.township_code
    from station_services
    left join stations on station_services.station_id = stations.station_id
),

received as (
    select distinct
        sent.source,
        steps.reached_code as township_code
    from sent
    inner join steps on sent.township_code = steps.township_code
),

with_stations as (
    select distinct steps.reached_code as township_code
    from stations
    inner join steps on stations.township_code = steps.township_code
    where coalesce(stations.opened_on <= $month_end::date, true)
        and coalesce(stations.closed_on > $month_end::date, true)
),

sources as (
    select distinct source
    from sent
)

select
    dated.township_code,
    sources.source,
    received.township_code is not null
    or (sources.source = 'station_services' and with_stations.township_code is null) as is_reported
from dated
cross join sources
left join received on dated.township_code = received.township_code and sources.source = received.source
left join with_stations on dated.township_code = with_stations.township_code
where dated.is_valid
order by dated.township_code, sources.source
