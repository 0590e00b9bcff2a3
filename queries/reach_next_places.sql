-- purpose: the next three places for a station that would bring most enterprises within reach
-- 用途：再设驿站能多覆盖最多企业的前三处
-- one row per place, each counted after those before it; none where all are within reach or none is located
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all; only their enterprises count
-- $reach_metres double      how far ten minutes are (from the profile)
-- columns:
--   place bigint              1 to 3
--   township_code varchar     of the enterprise at whose place the station would stand
--   township varchar
--   longitude double          degrees
--   latitude double
--   enterprises_added bigint  out of reach until then
--   within_reach bigint       with this place and those before it
--   located bigint            enterprises with plausible coordinates
--   reach_rate double         within_reach of located, 0 to 1

with months as (
    select $month::date as month
),

-- include: reach

-- include: townships_now

-- include: current_codes

chosen as (
    select
        reach_places.*,
        current_codes.current_code
    from reach_places
    left join current_codes on reach_places.township_code = current_codes.township_code
    where reach_places.is_within is not null
        and ($townships is null or list_contains($townships, current_codes.current_code))
),

standing as (
    select
        sum(enterprises)::bigint as located,
        sum(case when is_within then enterprises else 0 end)::bigint as within_reach
    from chosen
),

far as (
    -- one row a place; of townships that share it, the first in official order
    select
        chosen.longitude,
        chosen.latitude,
        arg_min(chosen.current_code, townships_now.sort_order) as township_code,
        sum(chosen.enterprises)::bigint as enterprises
    from chosen
    left join townships_now on chosen.current_code = townships_now.township_code
    where not chosen.is_within
    group by chosen.longitude, chosen.latitude
),

sites as (
    select
        far.*,
        townships_now.township,
        floor(far.longitude / grid.along)::bigint as cell_x,
        floor(far.latitude / grid.up)::bigint as cell_y,
        row_number() over (
            order by townships_now.sort_order nulls last, far.longitude, far.latitude
        ) as site
    from far
    cross join grid
    left join townships_now on far.township_code = townships_now.township_code
),

around as (
    select
        sites.*,
        sites.cell_x + aside.step as near_x,
        sites.cell_y + above.step as near_y
    from sites
    cross join (values (-1), (0), (1)) as aside (step)
    cross join (values (-1), (0), (1)) as above (step)
),

pairs as materialized (
    -- what each site would bring within reach
    select
        around.site,
        sites.site as firm,
        sites.enterprises
    from around
    inner join sites on around.near_x = sites.cell_x and around.near_y = sites.cell_y
    where sqrt(
        pow(around.latitude - sites.latitude, 2)
        + pow(
            (around.longitude - sites.longitude) * cos(radians((around.latitude + sites.latitude) / 2)), 2
        )
    ) * 111195.08 <= $reach_metres
),

first_place as (
    select
        1 as place,
        site,
        sum(enterprises)::bigint as enterprises_added
    from pairs
    group by site
    order by enterprises_added desc, site
    limit 1
),

after_one as (
    select *
    from pairs
    where firm not in (
        select pairs.firm
        from pairs
        inner join first_place on pairs.site = first_place.site
    )
),

second_place as (
    select
        2 as place,
        site,
        sum(enterprises)::bigint as enterprises_added
    from after_one
    group by site
    order by enterprises_added desc, site
    limit 1
),

after_two as (
    select *
    from after_one
    where firm not in (
        select pairs.firm
        from pairs
        inner join second_place on pairs.site = second_place.site
    )
),

third_place as (
    select
        3 as place,
        site,
        sum(enterprises)::bigint as enterprises_added
    from after_two
    group by site
    order by enterprises_added desc, site
    limit 1
),

places as (
    select *
    from first_place
    union all
    select *
    from second_place
    union all
    select *
    from third_place
),

grown as (
    select
        places.*,
        standing.located,
        standing.within_reach + sum(places.enterprises_added) over (order by places.place) as within_reach
    from places
    cross join standing
)

select
    grown.place,
    sites.township_code,
    sites.township,
    sites.longitude,
    sites.latitude,
    grown.enterprises_added,
    grown.within_reach::bigint as within_reach,
    grown.located,
    grown.within_reach / nullif(grown.located, 0)::double as reach_rate
from grown
inner join sites on grown.site = sites.site
order by grown.place
