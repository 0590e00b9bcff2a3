-- purpose: what became of the grievances whose deadline fell in the month, township by township
-- 用途：各镇街当月到期诉求的办理结果
-- one row per township valid at the month's end, in official order; null counts = no ledger
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   township_code varchar     null = cases of no township, or of one that ended without a successor
--   township varchar
--   due bigint                deadline within the month
--   on_time bigint            closed by the deadline
--   late_closed bigint        closed after it
--   late_open bigint          still open
--   on_time_rate double       0 to 1, null where none was due

with
-- include: townships_now

-- include: current_codes

counted as (
    select
        current_codes.current_code as township_code,
        sum(grievance_counts.due)::bigint as due,
        sum(grievance_counts.on_time)::bigint as on_time,
        sum(grievance_counts.due_open)::bigint as due_open
    from grievance_counts
    left join current_codes on grievance_counts.township_code = current_codes.township_code
    where grievance_counts.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_counts.committee_id))
    group by current_codes.current_code
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select township_code
    from townships_now
    union
    select township_code
    from counted
    where due > 0
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
        keys.township_code,
        townships_now.township,
        townships_now.sort_order,
        coalesce(counted.due, zeros.zero)::bigint as due,
        coalesce(counted.on_time, zeros.zero)::bigint as on_time,
        coalesce(counted.due_open, zeros.zero)::bigint as due_open
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join counted on keys.township_code is not distinct from counted.township_code
    left join zeros on true
)

select
    township_code,
    township,
    due,
    on_time,
    due - on_time - due_open as late_closed,
    due_open as late_open,
    on_time / nullif(due, 0)::double as on_time_rate
from filled
order by sort_order nulls last, township_code nulls last
