-- purpose: coverage of enterprises by township and industry
-- 用途：镇街与行业交叉的党组织覆盖和党的工作覆盖
-- one row per township valid at the month's end and committee; null counts = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $denominator varchar      operating, eligible, above_scale or has_members
-- columns:
--   township_code varchar     null = townships that ended without a successor
--   township varchar
--   committee_id varchar      null = not assigned to a committee
--   committee varchar
--   enterprises bigint        the denominator asked for
--   sole bigint               with an organisation of its own
--   organised bigint          sole or joint
--   organised_broad bigint    also regional, seconded or incubated, once approved
--   worked bigint             reached by party work of any kind, each enterprise once
--   uncovered bigint          the rest
--   sole_rate double          0 to 1, null where the denominator is 0
--   organised_rate double
--   worked_rate double
--   organised_low double      Wilson interval of organised_rate, 95 %
--   organised_high double

with
-- include: townships_now

-- include: committees_now

-- include: current_codes

counted as (
    select
        current_codes.current_code as township_code,
        coverage.committee_id,
        sum(coverage.enterprises)::bigint as enterprises,
        sum(coverage.sole)::bigint as sole,
        sum(coverage.organised)::bigint as organised,
        sum(coverage.organised_broad)::bigint as organised_broad,
        sum(coverage.worked)::bigint as worked
    from coverage
    left join current_codes on coverage.township_code = current_codes.township_code
    where coverage.month = $month::date
        and coverage.denominator = $denominator
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, coverage.committee_id))
    group by current_codes.current_code, coverage.committee_id
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
        coalesce(counted.sole, zeros.zero)::bigint as sole,
        coalesce(counted.organised, zeros.zero)::bigint as organised,
        coalesce(counted.organised_broad, zeros.zero)::bigint as organised_broad,
        coalesce(counted.worked, zeros.zero)::bigint as worked
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted
        on keys.township_code is not distinct from counted.township_code
        and keys.committee_id is not distinct from counted.committee_id
    left join zeros on keys.township_code is not distinct from zeros.township_code
),

spread as (
    -- Wilson with z = 1.959963984540054: z * z, z * z / 2 and z * z / 4 stand here and below as numbers
    select
        *,
        1.959963984540054
        * sqrt(organised * (enterprises - organised) / nullif(enterprises, 0)::double + 0.960364705173531)
            as spread
    from filled
)

select
    township_code,
    township,
    committee_id,
    committee,
    enterprises,
    sole,
    organised,
    organised_broad,
    worked,
    enterprises - worked as uncovered,
    sole / nullif(enterprises, 0)::double as sole_rate,
    organised / nullif(enterprises, 0)::double as organised_rate,
    worked / nullif(enterprises, 0)::double as worked_rate,
    case
        when enterprises > 0
            then greatest(0, (organised + 1.920729410347062 - spread) / (enterprises + 3.841458820694124))
    end as organised_low,
    case
        when enterprises > 0
            then least(1, (organised + 1.920729410347062 + spread) / (enterprises + 3.841458820694124))
    end as organised_high
from spread
order by
    township_order nulls last,
    township_code nulls last,
    committee_order nulls last,
    committee_id nulls last
