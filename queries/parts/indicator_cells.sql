-- include: current_codes

uses as (
    select
        month,
        station_id,
        sum(person_times) as person_times
    from services
    where list_contains($parts, 'idle.stations')
    group by month, station_id
),

-- include: reach

series as (
    select
        month,
        indicator_id as series,
        township_code,
        committee_id,
        value,
        qualifier,
        in_township,
        in_committee
    from figures_finest
    where list_contains($parts || $whole, indicator_id)
    union all
    select
        month,
        series,
        township_code,
        committee_id,
        value,
        null as qualifier,
        true as in_township,
        true as in_committee
    from indicator_counts
    where list_contains($parts || $whole, series)
    union all
    select
        reach_places.month,
        reach_series.name as series,
        reach_places.township_code,
        reach_places.committee_id,
        reach_places.enterprises as value,
        null as qualifier,
        true as in_township,
        true as in_committee
    from reach_places
    cross join (values ('enterprises.located'), ('enterprises.within_reach')) as reach_series (name)
    where list_contains($parts || $whole, reach_series.name)
        and case reach_series.name
            when 'enterprises.located' then reach_places.is_within is not null
            else reach_places.is_within
        end
    union all
    -- idle: open, and reported with no use at all in the month and in the month before
    select
        stations.month,
        'idle.stations' as series,
        stations.township_code,
        null as committee_id,
        1 as value,
        null as qualifier,
        true as in_township,
        true as in_committee
    from stations
    inner join uses as now on stations.month = now.month and stations.station_id = now.station_id
    inner join uses as past
        on stations.month = (past.month + interval 1 month)::date and stations.station_id = past.station_id
    where list_contains($parts, 'idle.stations')
        and stations.is_open and now.person_times = 0 and past.person_times = 0
),

cells as (
    -- what the indicator is made of, under the filters
    select
        series.month,
        series.series,
        current_codes.current_code as township_code,
        series.committee_id,
        series.value,
        series.qualifier,
        series.in_township,
        series.in_committee
    from series
    left join current_codes on series.township_code = current_codes.township_code
    where ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, series.committee_id))
),

sent as (
    select distinct
        reports.month,
        reports.source,
        current_codes.current_code as township_code
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.is_reported
        and ($townships is null or list_contains($townships, current_codes.current_code))
),

heard as (
    -- nothing found is 0 where a ledger was sent, else unknown
    select
        month,
        source,
        township_code,
        false as is_of_county
    from sent
    union all
    select
        now.month,
        'idle' as source,
        now.township_code,
        false as is_of_county
    from sent as now
    inner join sent as past
        on now.month = (past.month + interval 1 month)::date
        and now.source = past.source
        and now.township_code is not distinct from past.township_code
    inner join reported on now.month = reported.month and reported.table_name = 'stations'
    where now.source = 'station_services'
    union all
    -- these ledgers are the county's: nothing listed is none
    select
        month,
        table_name as source,
        null as township_code,
        true as is_of_county
    from reported
    where table_name in ('stations', 'grievances', 'tasks')
),
