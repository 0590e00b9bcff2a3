-- purpose: what the grievance ledger holds, withdrawn, invalid and duplicate cases included
-- one row per township, committee (null = not known) and status in the ledger
-- from: grievances
-- $month date               first day of the month
-- $month_end date           last day of the month
-- columns:
--   township_code varchar
--   committee_id varchar
--   status varchar            open, closed, withdrawn, invalid or duplicate, as the ledger says
--   cases bigint              received by the month's last day
--   received bigint           of those, received in the month
--   reopened bigint           of those in the ledger, opened again

select
    township_code,
    committee_id,
    status,
    count(*)::bigint as cases,
    (count(*) filter (where received_at::date >= $month::date))::bigint as received,
    (count(*) filter (where reopened))::bigint as reopened
from grievances
where received_at::date <= $month_end::date
group by township_code, committee_id, status
order by township_code nulls last, committee_id nulls last, status
