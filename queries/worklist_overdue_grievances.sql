-- purpose: work list of open grievances past their deadline, the longest overdue first
-- 用途：超期在办诉求清单，超期最久的在前
-- one row per case open at the month's end with the deadline on or before it; never a word of the complaint
-- rows: grievances
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   case_id varchar
--   class_id varchar
--   class_name varchar
--   kind varchar              as the hotline sorts it
--   department varchar
--   township_code varchar     null = no township, or one that ended without a successor
--   township varchar
--   committee_id varchar      null = not known
--   committee varchar
--   received_on date
--   due_on date
--   days_overdue bigint       deadline to the month's last day

with
-- include: townships_now

-- include: current_codes

committees_now as (
    select
        committee_id,
        committee
    from committees
    where month = $basis_month::date
),

classes_now as (
    select
        class_id,
        class_name
    from classes
    where month = $basis_month::date
),

late as (
    select
        *,
        received_at::date as received_on,
        due_at::date as due_on
    from grievances
    where month = $month::date
        and status in ('open', 'closed')
        and received_at::date <= last_day(month)
        and due_at::date <= last_day(month)
        and not coalesce(status = 'closed' and closed_at::date <= last_day(month), false)
)

select
    late.case_id,
    late.class_id,
    classes_now.class_name,
    late.kind,
    late.department,
    current_codes.current_code as township_code,
    townships_now.township,
    late.committee_id,
    committees_now.committee,
    late.received_on,
    late.due_on,
    date_diff('day', late.due_on, last_day(late.month)) as days_overdue
from late
left join current_codes on late.township_code = current_codes.township_code
left join townships_now on current_codes.current_code = townships_now.township_code
left join committees_now on late.committee_id = committees_now.committee_id
left join classes_now on late.class_id = classes_now.class_id
where ($townships is null or list_contains($townships, current_codes.current_code))
    and ($committees is null or list_contains($committees, late.committee_id))
order by late.due_on, late.case_id
