-- purpose: grievances received, closed, open, due and late in the month, as known at its last day
-- one row per township, committee (null = not known) and class with any of these counts
-- from: grievances
-- $month date               first day of the month
-- $month_end date           last day of the month
-- columns:
--   township_code varchar
--   committee_id varchar
--   class_id varchar
--   received bigint           valid cases received in the month
--   closed bigint             closed in the month, whenever received
--   open bigint               open at the month's end
--   due bigint                deadline within the month
--   on_time bigint            of those due, closed by the deadline
--   due_open bigint           of those due, still open
--   overdue_open bigint       open at the month's end with the deadline on or before it
--   excluded bigint           withdrawn, invalid or duplicate ones received in the month, in no other count

with known as (
    select
        township_code,
        committee_id,
        class_id,
        status in ('open', 'closed') as is_valid,
        coalesce(status = 'closed' and closed_at::date <= $month_end::date, false) as is_closed,
        received_at::date >= $month::date as is_new,
        coalesce(closed_at::date >= $month::date, false) as is_closed_in_month,
        coalesce(due_at::date >= $month::date and due_at::date <= $month_end::date, false) as is_due,
        coalesce(due_at::date <= $month_end::date, false) as is_past_due,
        -- midnight means that no time of day was given: then dates are compared
        coalesce(
            case
                when closed_at::date::timestamp = closed_at or due_at::date::timestamp = due_at
                    then closed_at::date <= due_at::date
                else closed_at <= due_at
            end, false
        ) as is_by_deadline
    from grievances
    where received_at::date <= $month_end::date
),

counted as (
    select
        township_code,
        committee_id,
        class_id,
        (count(*) filter (where is_valid and is_new))::bigint as received,
        (count(*) filter (where is_closed and is_closed_in_month))::bigint as closed,
        (count(*) filter (where is_valid and not is_closed))::bigint as open,
        (count(*) filter (where is_valid and is_due))::bigint as due,
        (count(*) filter (where is_closed and is_due and is_by_deadline))::bigint as on_time,
        (count(*) filter (where is_valid and not is_closed and is_due))::bigint as due_open,
        (count(*) filter (where is_valid and not is_closed and is_past_due))::bigint as overdue_open,
        (count(*) filter (where not is_valid and is_new))::bigint as excluded
    from known
    group by township_code, committee_id, class_id
)

select *
from counted
where received + closed + open + due + excluded > 0
order by township_code nulls last, committee_id nulls last, class_id
