-- purpose: workers, party members and applicants by township and industry
-- 用途：镇街与行业交叉的从业人员和党员
-- one row per township valid at the month's end and committee; null = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   township_code varchar     null = reported for the county as a whole
--   township varchar
--   committee_id varchar      null = reported for all committees together
--   committee varchar
--   workers bigint
--   members bigint            full and probationary; unknown probationary ones count as none
--   members_full bigint
--   members_probationary bigint
--   member_share double       members of workers, 0 to 1; null where either is unknown
--   floating_in bigint
--   applicants bigint         applications of the month

with
-- include: townships_now

-- include: committees_now

-- include: current_codes

picked as (
    -- each figure once: the finest rows reported, as the split that is asked for adds them up
    select
        current_codes.current_code as township_code,
        figures_finest.committee_id,
        figures_finest.indicator_id,
        figures_finest.value
    from figures_finest
    left join current_codes on figures_finest.township_code = current_codes.township_code
    where figures_finest.month = $month::date
        and case when $committees is null then figures_finest.in_township else figures_finest.in_committee end
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, figures_finest.committee_id))
),

counted as (
    select
        township_code,
        committee_id,
        round(sum(value) filter (where indicator_id = 'workers'))::bigint as workers,
        round(sum(value) filter (where indicator_id = 'members_full'))::bigint as members_full,
        round(sum(value) filter (where indicator_id = 'members_probationary'))::bigint as members_probationary,
        round(sum(value) filter (where indicator_id = 'floating_in'))::bigint as floating_in,
        round(sum(value) filter (where indicator_id = 'applicants'))::bigint as applicants
    from picked
    where indicator_id in ('workers', 'members_full', 'members_probationary', 'floating_in', 'applicants')
    group by township_code, committee_id
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select
        townships_now.township_code,
        committees_now.committee_id
    from townships_now
    cross join committees_now
    union
    select
        township_code,
        committee_id
    from counted
),

totals as (
    select
        keys.township_code,
        townships_now.township,
        keys.committee_id,
        committees_now.committee,
        townships_now.sort_order as township_order,
        committees_now.sort_order as committee_order,
        counted.workers,
        counted.members_full + coalesce(counted.members_probationary, 0) as members,
        counted.members_full,
        counted.members_probationary,
        counted.floating_in,
        counted.applicants
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted
        on keys.township_code is not distinct from counted.township_code
        and keys.committee_id is not distinct from counted.committee_id
)

select
    township_code,
    township,
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
order by
    township_order nulls last,
    township_code nulls last,
    committee_order nulls last,
    committee_id nulls last
