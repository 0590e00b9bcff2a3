-- purpose: how many whole calendar days grievances took, exact enough for medians, P90 and Kaplan-Meier
-- one row per township, committee (null = not known), class, basis and number of days
-- from: grievances
-- $month date               first day of the month
-- $month_end date           last day of the month
-- columns:
--   township_code varchar
--   committee_id varchar
--   class_id varchar
--   basis varchar             closed or received in the month; cohort = received in the 12 months to its end
--   days bigint               receipt to closing; for open cases receipt to the month's last day
--   closed bigint
--   open bigint               still open at the month's end, that is censored

with valid as (
    select
        township_code,
        committee_id,
        class_id,
        received_at::date as received_on,
        case when status = 'closed' and closed_at::date <= $month_end::date then closed_at::date end as closed_on
    from grievances
    where status in ('open', 'closed') and received_at::date <= $month_end::date
),

based as (
    select
        'closed' as basis,
        valid.*
    from valid
    where closed_on >= $month::date
    union all
    select
        'received' as basis,
        valid.*
    from valid
    where received_on >= $month::date
    union all
    select
        'cohort' as basis,
        valid.*
    from valid
    where received_on >= ($month::date - interval '11' month)::date
),

lasting as (
    select
        *,
        date_diff('day', received_on, coalesce(closed_on, $month_end::date)) as days
    from based
)

select
    township_code,
    committee_id,
    class_id,
    basis,
    days::bigint as days,
    count(closed_on)::bigint as closed,
    (count(*) - count(closed_on))::bigint as open
from lasting
group by township_code, committee_id, class_id, basis, days
order by township_code nulls last, committee_id nulls last, class_id, basis, days
