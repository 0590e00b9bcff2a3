-- purpose: what the grievance ledger holds, also what counts nowhere else
-- 用途：诉求台账各状态件数（含撤回、无效、重复）
-- one row per status, in a fixed order; null counts = no ledger
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   status varchar            as the ledger says; closed after the month counts as open elsewhere
--   cases bigint              received by the month's last day
--   received bigint           of those, received in the month
--   reopened bigint           of those in the ledger, opened again

with
-- include: current_codes

statuses as (
    select
        status,
        status_order
    from (
        values ('open', 1), ('closed', 2), ('withdrawn', 3), ('invalid', 4), ('duplicate', 5)
    ) as listed (status, status_order)
),

counted as (
    select
        grievance_statuses.status,
        sum(grievance_statuses.cases)::bigint as cases,
        sum(grievance_statuses.received)::bigint as received,
        sum(grievance_statuses.reopened)::bigint as reopened
    from grievance_statuses
    left join current_codes on grievance_statuses.township_code = current_codes.township_code
    where grievance_statuses.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_statuses.committee_id))
    group by grievance_statuses.status
),

zeros as (
    -- the ledger is the county's: no case found is none
    select case when count(*) > 0 then 0 end as zero
    from reported
    where month = $month::date and table_name = 'grievances'
)

select
    statuses.status,
    coalesce(counted.cases, zeros.zero)::bigint as cases,
    coalesce(counted.received, zeros.zero)::bigint as received,
    coalesce(counted.reopened, zeros.zero)::bigint as reopened
from statuses
left join counted on statuses.status = counted.status
cross join zeros
order by statuses.status_order
