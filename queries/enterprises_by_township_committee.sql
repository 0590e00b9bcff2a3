-- purpose: what the enterprise ledgers hold, by township and industry
-- 用途：镇街与行业交叉的企业台账合计
-- one row per township valid at the month's end and committee; null counts = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   township_code varchar     null = townships that ended without a successor
--   township varchar
--   committee_id varchar      null = not assigned to a committee
--   committee varchar
--   enterprises bigint        all in the ledger
--   operating bigint
--   workers bigint            of all in the ledger; null = nowhere known
--   members_full bigint       likewise
--   members_probationary bigint likewise
--   members_unknown bigint    enterprises whose number of full or probationary members is unknown
--   should_build_open bigint  operating, at least 3 full members, no organisation of its own

with
-- include: townships_now

-- include: committees_now

-- include: current_codes

counted as (
    select
        current_codes.current_code as township_code,
        enterprise_counts.committee_id,
        sum(enterprise_counts.enterprises)::bigint as enterprises,
        sum(enterprise_counts.operating)::bigint as operating,
        sum(enterprise_counts.workers)::bigint as workers,
        sum(enterprise_counts.members_full)::bigint as members_full,
        sum(enterprise_counts.members_probationary)::bigint as members_probationary,
        sum(enterprise_counts.members_unknown)::bigint as members_unknown,
        sum(enterprise_counts.should_build_open)::bigint as should_build_open
    from enterprise_counts
    left join current_codes on enterprise_counts.township_code = current_codes.township_code
    where enterprise_counts.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, enterprise_counts.committee_id))
    group by current_codes.current_code, enterprise_counts.committee_id
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

zeros as (
    -- nothing found is 0 where a ledger was sent, else unknown
    select
        current_codes.current_code as township_code,
        case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month = $month::date
        and reports.source = 'enterprises'
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by current_codes.current_code
),

filled as (
    select
        keys.township_code,
        townships_now.township,
        keys.committee_id,
        committees_now.committee,
        townships_now.sort_order as township_order,
        committees_now.sort_order as committee_order,
        coalesce(counted.enterprises, zeros.zero)::bigint as enterprises,
        coalesce(counted.operating, zeros.zero)::bigint as operating,
        counted.workers,
        counted.members_full,
        counted.members_probationary,
        coalesce(counted.members_unknown, zeros.zero)::bigint as members_unknown,
        coalesce(counted.should_build_open, zeros.zero)::bigint as should_build_open
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted
        on keys.township_code is not distinct from counted.township_code
        and keys.committee_id is not distinct from counted.committee_id
    left join zeros on keys.township_code is not distinct from zeros.township_code
)

select
    township_code,
    township,
    committee_id,
    committee,
    enterprises,
    operating,
    workers,
    members_full,
    members_probationary,
    members_unknown,
    should_build_open
from filled
order by
    township_order nulls last,
    township_code nulls last,
    committee_order nulls last,
    committee_id nulls last
