-- purpose: follow each township to the one that stands for it at the month's end, so that months compare
-- one row per township of the profile
-- from: townships
-- $month_end date           last day of the month
-- columns:
--   township_code varchar
--   current_code varchar      itself while valid, else its successor's successor ...; null = none is left

with recursive dated as (
    select
        township_code,
        successor,
        valid_from <= $month_end::date and coalesce(valid_to >= $month_end::date, true) as is_valid
    from townships
),

-- union (not union all) ends by itself where successors run in a circle
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

ends as (
    select
        steps.township_code,
        steps.reached_code
    from steps
    inner join dated on steps.reached_code = dated.township_code
    where dated.is_valid
)

select
    townships.township_code,
    ends.reached_code as current_code
from townships
left join ends on townships.township_code = ends.township_code
order by townships.township_code
