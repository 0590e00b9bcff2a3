-- purpose: how old the grievances are that were open at the month's end
-- one row per township, committee (null = not known), class and age
-- from: grievances
-- $month_end date           last day of the month
-- columns:
--   township_code varchar
--   committee_id varchar
--   class_id varchar
--   days bigint               receipt to the month's last day, whole calendar days
--   cases bigint
--   overdue bigint            of those, with the deadline on or before the last day

with backlog as (
    select
        township_code,
        committee_id,
        class_id,
        date_diff('day', received_at::date, $month_end::date) as days,
        coalesce(due_at::date <= $month_end::date, false) as is_overdue
    from grievances
    where status in ('open', 'closed')
        and received_at::date <= $month_end::date
        and not coalesce(status = 'closed' and closed_at::date <= $month_end::date, false)
)

select
    township_code,
    committee_id,
    class_id,
    days::bigint as days,
    count(*)::bigint as cases,
    (count(*) filter (where is_overdue))::bigint as overdue
from backlog
group by township_code, committee_id, class_id, days
order by township_code nulls last, committee_id nulls last, class_id, days
