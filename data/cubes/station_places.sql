-- purpose: where stations stand
-- one row per station of the ledger with plausible coordinates
-- from: stations
-- columns:
--   station_id varchar
--   longitude double          degrees, within China and within a degree of the middle of all
--   latitude double

with inside as (
    select
        station_id,
        longitude,
        latitude
    from stations
    where longitude between 73 and 136 and latitude between 3 and 54
),

middle as (
    select
        median(longitude) as longitude,
        median(latitude) as latitude
    from inside
)

select
    inside.station_id,
    inside.longitude,
    inside.latitude
from inside
cross join middle
where abs(inside.longitude - middle.longitude) <= 1 and abs(inside.latitude - middle.latitude) <= 1
order by inside.station_id
