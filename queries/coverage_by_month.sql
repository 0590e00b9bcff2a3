-- purpose: coverage of enterprises by party organisations and party work over time
-- 用途：企业党组织覆盖和党的工作覆盖的逐月变化
-- one row per calendar month; null counts = not reported
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $denominator varchar      operating, eligible, above_scale or has_members
-- columns:
--   month date
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

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: current_codes

counted as (
    select
        coverage.month,
        sum(coverage.enterprises)::bigint as enterprises,
        sum(coverage.sole)::bigint as sole,
        sum(coverage.organised)::bigint as organised,
        sum(coverage.organised_broad)::bigint as organised_broad,
        sum(coverage.worked)::bigint as worked
    from coverage
    left join current_codes on coverage.township_code = current_codes.township_code
    where coverage.month between $from_month::date and $month::date
        and coverage.denominator = $denominator
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, coverage.committee_id))
    group by coverage.month
),

zeros as (
    -- nothing found is 0 where a ledger was sent, else unknown
    select
        reports.month,
        case when bool_or(reports.is_reported) then 0 end as zero
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month between $from_month::date and $month::date
        and reports.source = 'enterprises'
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by reports.month
),

filled as (
    select
        months.month,
        coalesce(counted.enterprises, zeros.zero)::bigint as enterprises,
        coalesce(counted.sole, zeros.zero)::bigint as sole,
        coalesce(counted.organised, zeros.zero)::bigint as organised,
        coalesce(counted.organised_broad, zeros.zero)::bigint as organised_broad,
        coalesce(counted.worked, zeros.zero)::bigint as worked
    from months
    left join counted on months.month = counted.month
    left join zeros on months.month = zeros.month
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
    month,
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
order by month
