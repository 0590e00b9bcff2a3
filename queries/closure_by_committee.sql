-- purpose: grievances received, closed, waiting and late, and how long they take, industry by industry
-- 用途：各行业诉求受理、办结、在办、超期和办理时长
-- one row per committee of the profile, in its order; null counts = no ledger
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   committee_id varchar      null = cases of no committee
--   committee varchar
--   received bigint           valid cases received in the month
--   closed bigint             closed in the month, whenever received
--   open bigint               open at the month's end
--   closed_median_days double of cases closed in the month, whole calendar days, linear interpolation
--   closed_p90_days double
--   km_median_days bigint     of cases received in the 12 months ending with the month; null = not reached
--   km_p90_days bigint
--   due bigint                deadline within the month
--   on_time bigint            of those due, closed by the deadline
--   on_time_rate double       0 to 1, null where none was due
--   overdue_open bigint       open at the month's end with the deadline on or before it

with
-- include: committees_now

-- include: current_codes

counted as (
    select
        grievance_counts.committee_id,
        sum(grievance_counts.received)::bigint as received,
        sum(grievance_counts.closed)::bigint as closed,
        sum(grievance_counts.open)::bigint as open,
        sum(grievance_counts.due)::bigint as due,
        sum(grievance_counts.on_time)::bigint as on_time,
        sum(grievance_counts.overdue_open)::bigint as overdue_open
    from grievance_counts
    left join current_codes on grievance_counts.township_code = current_codes.township_code
    where grievance_counts.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_counts.committee_id))
    group by grievance_counts.committee_id
),

lasting as (
    select
        grievance_days.committee_id,
        grievance_days.basis,
        grievance_days.days,
        sum(grievance_days.closed)::bigint as closed,
        sum(grievance_days.open)::bigint as open
    from grievance_days
    left join current_codes on grievance_days.township_code = current_codes.township_code
    where grievance_days.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_days.committee_id))
    group by grievance_days.committee_id, grievance_days.basis, grievance_days.days
),

ranked as (
    select
        committee_id,
        days,
        sum(closed) over (partition by committee_id order by days)::bigint as up_to,
        sum(closed) over (partition by committee_id)::bigint as total
    from lasting
    where basis = 'closed'
),

neighbours as (
    -- a quantile lies between the values at the ranks below and above (total - 1) * p, counted from 0
    select
        committee_id,
        (total - 1) * 0.5::double - floor((total - 1) * 0.5::double) as median_part,
        min(days) filter (where up_to > floor((total - 1) * 0.5::double)) as median_below,
        min(days) filter (where up_to > ceil((total - 1) * 0.5::double)) as median_above,
        (total - 1) * 0.9::double - floor((total - 1) * 0.9::double) as p90_part,
        min(days) filter (where up_to > floor((total - 1) * 0.9::double)) as p90_below,
        min(days) filter (where up_to > ceil((total - 1) * 0.9::double)) as p90_above
    from ranked
    group by committee_id, total
),

exposed as (
    select
        committee_id,
        days,
        closed,
        sum(closed + open) over (partition by committee_id order by days desc)::bigint as at_risk
    from lasting
    where basis = 'cohort'
),

surviving as (
    select
        committee_id,
        days,
        product(1 - closed / at_risk::double) over (partition by committee_id order by days) as survival
    from exposed
),

reached as (
    -- a product of fractions may miss an exact half by its last digit
    select
        committee_id,
        min(days) filter (where survival <= 0.5 + 1e-9) as km_median_days,
        min(days) filter (where survival <= 0.1 + 1e-9) as km_p90_days
    from surviving
    group by committee_id
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select committee_id
    from committees_now
    union
    select committee_id
    from counted
    where received + closed + open + due > 0
    union
    select committee_id
    from lasting
),

zeros as (
    -- the ledger is the county's: no case found is none
    select
        month,
        0 as zero
    from reported
    where month = $month::date and table_name = 'grievances'
),

filled as (
    select
        keys.committee_id,
        committees_now.committee,
        committees_now.sort_order,
        coalesce(counted.received, zeros.zero)::bigint as received,
        coalesce(counted.closed, zeros.zero)::bigint as closed,
        coalesce(counted.open, zeros.zero)::bigint as open,
        neighbours.median_below + (neighbours.median_above - neighbours.median_below) * neighbours.median_part
            as closed_median_days,
        neighbours.p90_below + (neighbours.p90_above - neighbours.p90_below) * neighbours.p90_part
            as closed_p90_days,
        reached.km_median_days,
        reached.km_p90_days,
        coalesce(counted.due, zeros.zero)::bigint as due,
        coalesce(counted.on_time, zeros.zero)::bigint as on_time,
        coalesce(counted.overdue_open, zeros.zero)::bigint as overdue_open
    from keys
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted on keys.committee_id is not distinct from counted.committee_id
    left join neighbours on keys.committee_id is not distinct from neighbours.committee_id
    left join reached on keys.committee_id is not distinct from reached.committee_id
    left join zeros on true
)

select
    committee_id,
    committee,
    received,
    closed,
    open,
    closed_median_days,
    closed_p90_days,
    km_median_days,
    km_p90_days,
    due,
    on_time,
    on_time / nullif(due, 0)::double as on_time_rate,
    overdue_open
from filled
order by sort_order nulls last, committee_id nulls last
