-- purpose: how old the grievances are that are open at the month's end
-- 用途：月末在办诉求的在办龄
-- one row per age class, youngest first; null counts = no ledger
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   age varchar               whole calendar days since receipt
--   days_from bigint
--   days_to bigint            null = no upper end
--   cases bigint
--   overdue bigint            of those, with the deadline on or before the last day

with
-- include: current_codes

ages as (
    select
        age,
        days_from,
        days_to
    from (
        values ('0-3', 0, 3), ('4-7', 4, 7), ('8-15', 8, 15), ('16+', 16, null)
    ) as classes (age, days_from, days_to)
),

waiting as (
    select
        grievance_backlog.days,
        grievance_backlog.cases,
        grievance_backlog.overdue
    from grievance_backlog
    left join current_codes on grievance_backlog.township_code = current_codes.township_code
    where grievance_backlog.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_backlog.committee_id))
),

zeros as (
    -- the ledger is the county's: no case found is none
    select case when count(*) > 0 then 0 end as zero
    from reported
    where month = $month::date and table_name = 'grievances'
)

select
    ages.age,
    ages.days_from::bigint as days_from,
    ages.days_to::bigint as days_to,
    coalesce(sum(waiting.cases), any_value(zeros.zero))::bigint as cases,
    coalesce(sum(waiting.overdue), any_value(zeros.zero))::bigint as overdue
from ages
left join waiting on ages.days_from <= waiting.days and coalesce(waiting.days <= ages.days_to, true)
cross join zeros
group by ages.age, ages.days_from, ages.days_to
order by ages.days_from
