-- purpose: workers, party members and applicants over time, industry by industry
-- 用途：各行业从业人员和党员的逐月变化
-- one row per calendar month and committee of the basis month; null = not reported
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   month date
--   committee_id varchar      null = reported for all committees together
--   committee varchar
--   workers bigint
--   members bigint            full and probationary; unknown probationary ones count as none
--   members_full bigint
--   members_probationary bigint
--   member_share double       members of workers, 0 to 1; null where either is unknown
--   floating_in bigint
--   applicants bigint         applications of the month

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: committees_now

-- include: current_codes

picked as (
    -- each figure once: the finest rows reported, as the split that is asked for adds them up
    select
        figures_finest.month,
        figures_finest.committee_id,
        figures_finest.indicator_id,
        figures_finest.value
    from figures_finest
    left join current_codes on figures_finest.township_code = current_codes.township_code
    where figures_finest.month between $from_month::date and $month::date
        and case when $townships is null then figures_finest.in_committee else figures_finest.in_township end
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, figures_finest.committee_id))
),

counted as (
    select
        month,
        committee_id,
        round(sum(value) filter (where indicator_id = 'workers'))::bigint as workers,
        round(sum(value) filter (where indicator_id = 'members_full'))::bigint as members_full,
        round(sum(value) filter (where indicator_id = 'members_probationary'))::bigint as members_probationary,
        round(sum(value) filter (where indicator_id = 'floating_in'))::bigint as floating_in,
        round(sum(value) filter (where indicator_id = 'applicants'))::bigint as applicants
    from picked
    where indicator_id in ('workers', 'members_full', 'members_probationary', 'floating_in', 'applicants')
    group by month, committee_id
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select
        months.month,
        committees_now.committee_id
    from months
    cross join committees_now
    union
    select
        month,
        committee_id
    from counted
),

totals as (
    select
        keys.month,
        keys.committee_id,
        committees_now.committee,
        committees_now.sort_order,
        counted.workers,
        counted.members_full + coalesce(counted.members_probationary, 0) as members,
        counted.members_full,
        counted.members_probationary,
        counted.floating_in,
        counted.applicants
    from keys
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted
        on keys.month = counted.month
        and keys.committee_id is not distinct from counted.committee_id
)

select
    month,
    committee_id,
    committee,
    workers,
    members,
    members_full,
    members_probationary,
    members / nullif(workers, 0)::double as member_share,
    floating_in,
    applicants
from totals
order by month, sort_order nulls last, committee_id nulls last
