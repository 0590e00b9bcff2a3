-- purpose: coverage of enterprises by party organisations and party work, industry by industry
-- 用途：各行业企业的党组织覆盖和党的工作覆盖
-- one row per committee of the profile, in its order; null counts = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $denominator varchar      operating, eligible, above_scale or has_members
-- columns:
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
-- include: committees_now

-- include: current_codes

counted as (
    select
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
    group by coverage.committee_id
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select committee_id
    from committees_now
    union
    select committee_id
    from counted
),

zeros as (
    -- nothing found is 0 where a ledger was sent, else unknown
    select
        case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month = $month::date
        and reports.source = 'enterprises'
        and ($townships is null or list_contains($townships, current_codes.current_code))
),

filled as (
    select
        keys.committee_id,
        committees_now.committee,
        committees_now.sort_order,
        coalesce(counted.enterprises, zeros.zero)::bigint as enterprises,
        coalesce(counted.sole, zeros.zero)::bigint as sole,
        coalesce(counted.organised, zeros.zero)::bigint as organised,
        coalesce(counted.organised_broad, zeros.zero)::bigint as organised_broad,
        coalesce(counted.worked, zeros.zero)::bigint as worked
    from keys
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted on keys.committee_id is not distinct from counted.committee_id
    cross join zeros
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
order by sort_order nulls last, committee_id nulls last
