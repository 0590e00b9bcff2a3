-- purpose: how long grievances take, by which cases are looked at
-- 用途：不同口径的诉求办理时长
-- one row per basis; null counts = no ledger
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   basis varchar             closed or received in the month; cohort = received in the 12 months to its end
--   cases bigint
--   closed bigint             of those, closed by the month's end
--   closed_median_days double of those closed, whole calendar days, linear interpolation
--   closed_p90_days double
--   km_median_days bigint     of all cases, open ones censored; null = not reached
--   km_p90_days bigint

with
-- include: current_codes

lasting as (
    select
        grievance_days.basis,
        grievance_days.days,
        sum(grievance_days.closed)::bigint as closed,
        sum(grievance_days.open)::bigint as open
    from grievance_days
    left join current_codes on grievance_days.township_code = current_codes.township_code
    where grievance_days.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_days.committee_id))
    group by grievance_days.basis, grievance_days.days
),

ranked as (
    select
        basis,
        days,
        sum(closed) over (partition by basis order by days)::bigint as up_to,
        sum(closed) over (partition by basis)::bigint as total
    from lasting
),

neighbours as (
    -- a quantile lies between the values at the ranks below and above (total - 1) * p, counted from 0
    select
        basis,
        total as closed,
        (total - 1) * 0.5::double - floor((total - 1) * 0.5::double) as median_part,
        min(days) filter (where up_to > floor((total - 1) * 0.5::double)) as median_below,
        min(days) filter (where up_to > ceil((total - 1) * 0.5::double)) as median_above,
        (total - 1) * 0.9::double - floor((total - 1) * 0.9::double) as p90_part,
        min(days) filter (where up_to > floor((total - 1) * 0.9::double)) as p90_below,
        min(days) filter (where up_to > ceil((total - 1) * 0.9::double)) as p90_above
    from ranked
    where total > 0
    group by basis, total
),

exposed as (
    select
        basis,
        days,
        closed,
        closed + open as cases,
        sum(closed + open) over (partition by basis order by days desc)::bigint as at_risk
    from lasting
),

surviving as (
    select
        basis,
        days,
        cases,
        product(1 - closed / at_risk::double) over (partition by basis order by days) as survival
    from exposed
),

reached as (
    -- a product of fractions may miss an exact half by its last digit
    select
        basis,
        sum(cases)::bigint as cases,
        min(days) filter (where survival <= 0.5 + 1e-9) as km_median_days,
        min(days) filter (where survival <= 0.1 + 1e-9) as km_p90_days
    from surviving
    group by basis
),

bases as (
    select
        basis,
        basis_order
    from (values ('closed', 1), ('received', 2), ('cohort', 3)) as listed (basis, basis_order)
),

zeros as (
    -- the ledger is the county's: no case found is none
    select case when count(*) > 0 then 0 end as zero
    from reported
    where month = $month::date and table_name = 'grievances'
)

select
    bases.basis,
    coalesce(reached.cases, zeros.zero)::bigint as cases,
    coalesce(neighbours.closed, zeros.zero)::bigint as closed,
    neighbours.median_below + (neighbours.median_above - neighbours.median_below) * neighbours.median_part
        as closed_median_days,
    neighbours.p90_below + (neighbours.p90_above - neighbours.p90_below) * neighbours.p90_part
        as closed_p90_days,
    reached.km_median_days,
    reached.km_p90_days
from bases
left join neighbours on bases.basis = neighbours.basis
left join reached on bases.basis = reached.basis
cross join zeros
order by bases.basis_order
