-- purpose: where enterprises in operation do business
-- one row per township, committee (null = not assigned) and place (null = not located)
-- from: enterprises
-- columns:
--   township_code varchar
--   committee_id varchar
--   longitude double          degrees; null where either is missing, outside China or a degree from the middle
--   latitude double
--   enterprises bigint

with told as (
    select
        *,
        coalesce(longitude between 73 and 136 and latitude between 3 and 54, false) as is_inside
    from enterprises
    where is_operating
),

middle as (
    select
        median(longitude) as longitude,
        median(latitude) as latitude
    from told
    where is_inside
),

judged as (
    select
        told.*,
        told.is_inside
        and abs(told.longitude - middle.longitude) <= 1
        and abs(told.latitude - middle.latitude) <= 1 as is_located
    from told
    cross join middle
)

select
    township_code,
    committee_id,
    case when is_located then longitude end as longitude,
    case when is_located then latitude end as latitude,
    count(*)::bigint as enterprises
from judged
group by all
order by all nulls last
