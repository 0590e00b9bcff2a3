-- purpose: any indicator over time: value, changes, target and how it stands
-- 用途：任一指标的逐月变化、环比、同比、目标和状态
-- one row per calendar month; null = not reported
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $indicator varchar        id of the registry (required)
-- $parts varchar[]          series to add up, the first of them needed; none = a quantile (from the registry)
-- $whole varchar[]          series to divide by; none = a count (from the registry)
-- $basis varchar            closed or cohort: whose days a quantile is of (from the registry)
-- $share double             which quantile (from the registry)
-- $is_cumulative boolean    it counts from the start of the year (from the registry)
-- $is_summed boolean        its months are summed against a yearly target (from the registry)
-- $sign bigint              1 = more is better, -1 = less is (from the registry)
-- $is_yearly boolean        a target is one for the year (from the registry)
-- $is_near_a_share boolean  near is a share of the target, not of one (from the registry)
-- $fiscal_start bigint      month in which a year begins (from the profile)
-- $progress double[]        share of the year gone by the cut-off day, month by month (from the profile)
-- $near double              what is so little behind a target is near it (from the profile)
-- $has_done boolean         the lights tell done from on time (from the profile)
-- $reach_metres double      how far ten minutes on foot are, where that is asked (from the profile)
-- columns:
--   month date
--   value double              a rate is a ratio, 0 to 1; null = not reported, or 0 in the denominator
--   qualifier varchar         余 约 近 以上 as reported or carried into the sum; 以下 = at most
--   previous double           the month before; null across the start of a year where the figure is cumulative
--   change double             value - previous
--   last_year double          the same month of last year
--   target double             of the county, or of the one township chosen; null where committees are
--   gap double                beyond the target; negative = behind it, whichever way is better
--   status varchar            done, good, warn or bad by the lights; none = not reported; null = no target
--   numerator double
--   denominator double        null for a count
--   gap_units bigint          fewest units that reach the target at this denominator; 0 = reached
--   pace double               what the lights compare with: of a yearly target the share of the year gone
--   done double               what is compared: the value, or the sum of the year so far
--   expected bigint           townships of the month; null where they do not report this one by one
--   reported bigint           of those, in the value

with months as (
    -- a year more than is shown, to compare with
    select
        unnest(
            generate_series(($from_month::date - interval 12 month)::date, $month::date, interval 1 month)
        )::date as month
),

paces as (
    select
        unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month,
        unnest($progress::double[]) as progress
),

-- include: indicator_facts

-- include: indicator_cells

keyed as (
    -- the finest rows reported, so that nothing is counted twice
    select
        month,
        null::varchar as code,
        series,
        value,
        qualifier
    from cells
    where case when $committees is null then in_township else in_committee end
),

lasting as (
    select
        grievance_days.month,
        null::varchar as code,
        grievance_days.basis,
        grievance_days.days,
        sum(grievance_days.closed)::bigint as closed,
        sum(grievance_days.open)::bigint as open
    from grievance_days
    left join current_codes on grievance_days.township_code = current_codes.township_code
    where grievance_days.basis = $basis
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, grievance_days.committee_id))
    group by all
),

heard_at as (
    select
        month,
        source,
        null as code,
        true as is_everywhere
    from heard
),

keys as (
    select null::varchar as code
),

aims as (
    -- several townships together, or some committees only, have no target
    select
        month,
        indicator_id,
        null::varchar as code,
        value
    from targets
    where indicator_id = $indicator
        and $committees is null
        and case
            when $townships is null then township_code is null
            else len($townships) = 1 and township_code = $townships[1]
        end
),

due as (
    select
        reports.month,
        reports.township_code,
        reports.source,
        reports.is_reported
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where $townships is null or list_contains($townships, current_codes.current_code)
),

rows_of as (
    select distinct
        figures_finest.month,
        township_map.current_code as township_code
    from figures_finest
    inner join township_map
        on figures_finest.month = township_map.month
        and figures_finest.township_code = township_map.township_code
    where figures_finest.indicator_id = $parts[1]
),

senders as (
    -- of a ledger: who sent it; of a figure: who has a row of it
    select
        due.month,
        count(*)::bigint as expected,
        (count(*) filter (
            where case when due.source = 'figures' then rows_of.month is not null else due.is_reported end
        ))::bigint as reported
    from due
    left join rows_of on due.month = rows_of.month and due.township_code = rows_of.township_code
    where due.source = case when contains($parts[1], '.') then split_part($parts[1], '.', 1) else 'figures' end
    group by due.month
),

-- include: indicator_times

-- include: indicator_standing

select
    lit.month,
    lit.value,
    case when lit.value is not null then lit.qualifier end as qualifier,
    lit.previous,
    lit.change,
    lit.last_year,
    lit.target,
    lit.gap,
    lit.status,
    lit.numerator,
    lit.denominator,
    lit.gap_units,
    lit.pace,
    case when lit.target is not null then lit.done end as done,
    case when senders.reported > 0 then senders.expected end as expected,
    case when senders.reported > 0 then senders.reported end as reported
from lit
left join senders on lit.month = senders.month
order by lit.month
