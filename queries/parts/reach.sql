open_stations as (
    select
        stations.month,
        stations.station_id,
        station_places.longitude,
        station_places.latitude
    from stations
    left join station_places
        on stations.month = station_places.month and stations.station_id = station_places.station_id
    where stations.is_open
        and stations.month in (select months.month from months)
        -- nobody asks what is within reach where no radius is given
        and $reach_metres > 0
),

known_months as (
    -- where stations are open but none is located, what is within reach is unknown, not nothing
    select reported.month
    from reported
    left join open_stations on reported.month = open_stations.month
    where reported.table_name = 'stations' and reported.month in (select months.month from months)
    group by reported.month
    having count(open_stations.station_id) = 0 or count(open_stations.longitude) > 0
),

firm_places as (
    select *
    from enterprise_places
    where month in (select months.month from months) and $reach_metres > 0
),

grid as (
    -- cells in degrees, at least a radius wide at every place (a degree of latitude is 111195.08 m)
    select
        $reach_metres / 111195.08 as up,
        $reach_metres / (111195.08 * cos(radians(max(latitude)))) as along
    from (
        select latitude
        from open_stations
        union all
        select latitude
        from firm_places
    ) as every_place
),

firm_cells as materialized (
    select
        firm_places.month,
        firm_places.longitude,
        firm_places.latitude,
        floor(firm_places.longitude / grid.along)::bigint as cell_x,
        floor(firm_places.latitude / grid.up)::bigint as cell_y
    from firm_places
    cross join grid
),

station_cells as materialized (
    -- whatever is within reach of a station lies in its cell or in one of the eight around it
    select
        open_stations.month,
        open_stations.longitude,
        open_stations.latitude,
        floor(open_stations.longitude / grid.along)::bigint + aside.step as cell_x,
        floor(open_stations.latitude / grid.up)::bigint + above.step as cell_y
    from open_stations
    cross join grid
    cross join (values (-1), (0), (1)) as aside (step)
    cross join (values (-1), (0), (1)) as above (step)
),

reached as (
    select distinct
        firm_cells.month,
        firm_cells.longitude,
        firm_cells.latitude
    from firm_cells
    inner join station_cells
        on firm_cells.month = station_cells.month
        and firm_cells.cell_x = station_cells.cell_x
        and firm_cells.cell_y = station_cells.cell_y
    -- over a few kilometres the earth is flat
    where sqrt(
        pow(firm_cells.latitude - station_cells.latitude, 2)
        + pow(
            (firm_cells.longitude - station_cells.longitude)
            * cos(radians((firm_cells.latitude + station_cells.latitude) / 2)),
            2
        )
    ) * 111195.08 <= $reach_metres
),

reach_places as (
    -- is_within: null where it is not known
    select
        firm_places.*,
        firm_places.longitude is not null as is_located,
        case
            when known_months.month is not null and firm_places.longitude is not null
                then reached.month is not null
        end as is_within
    from firm_places
    left join known_months on firm_places.month = known_months.month
    left join reached
        on firm_places.month = reached.month
        and firm_places.longitude = reached.longitude
        and firm_places.latitude = reached.latitude
),

