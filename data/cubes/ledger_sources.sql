-- purpose: which file, sheet and rows the month's data came from
-- one row per table, figure, township (null = not of one), committee (null = not of one), file and sheet
-- from: townships, enterprises, figures, stations, station_services, grievances, tasks, targets
-- columns:
--   table_name varchar
--   indicator_id varchar      of figures and targets
--   township_code varchar     of services that of the station
--   committee_id varchar
--   file varchar              rows that came from no file are in no row here
--   sheet varchar             null = the file has no sheets
--   entries bigint            rows of the table
--   first_row bigint          as a spreadsheet user counts
--   last_row bigint

with placed as (
    select
        'enterprises' as table_name,
        null::varchar as indicator_id,
        township_code,
        committee_id,
        file,
        sheet,
        "row" as line
    from enterprises
    union all
    select
        'figures' as table_name,
        indicator_id,
        township_code,
        committee_id,
        file,
        sheet,
        "row" as line
    from figures
    union all
    select
        'stations' as table_name,
        null as indicator_id,
        township_code,
        null as committee_id,
        file,
        sheet,
        "row" as line
    from stations
    union all
    select
        'station_services' as table_name,
        null as indicator_id,
        stations.township_code,
        null as committee_id,
        station_services.file,
        station_services.sheet,
        station_services."row" as line
    from station_services
    left join stations on station_services.station_id = stations.station_id
    union all
    select
        'grievances' as table_name,
        null as indicator_id,
        township_code,
        committee_id,
        file,
        sheet,
        "row" as line
    from grievances
    union all
    select
        'tasks' as table_name,
        null as indicator_id,
        township_code,
        null as committee_id,
        file,
        sheet,
        "row" as line
    from tasks
    union all
    select
        'targets' as table_name,
        indicator_id,
        township_code,
        null as committee_id,
        file,
        sheet,
        "row" as line
    from targets
)

select
    table_name,
    indicator_id,
    township_code,
    committee_id,
    file,
    sheet,
    count(*)::bigint as entries,
    min(line)::bigint as first_row,
    max(line)::bigint as last_row
from placed
where file is not null
group by table_name, indicator_id, township_code, committee_id, file, sheet
order by
    table_name,
    indicator_id nulls first,
    township_code nulls last,
    committee_id nulls last,
    file,
    sheet nulls first
