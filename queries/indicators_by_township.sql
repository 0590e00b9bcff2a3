-- purpose: all indicators at once, by township and together: value, changes, target and how each stands
-- 用途：全部指标的各镇街数和合计、环比、同比、目标和状态（一次查全）
-- one row per indicator and township valid at the month's end, in official order, and one of them together
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all; indicators that no committee can be told of are then left out
-- $ids varchar[]            indicators that are sums or ratios and can be told by township (from the registry)
-- $firsts varchar[]         of each the series that it needs (from the registry)
-- $divisors varchar[]       of each the first series to divide by; null = a count (from the registry)
-- $signs bigint[]           of each: 1 = more is better, -1 = less is (from the registry)
-- $cumulatives boolean[]    of each: it counts from the start of the year (from the registry)
-- $sums boolean[]           of each: its months are summed against a yearly target (from the registry)
-- $yearlies boolean[]       of each: a target is one for the year (from the registry)
-- $near_shares boolean[]    of each: near is a share of the target, not of one (from the registry)
-- $totals boolean[]         of each: townships can be taken together (from the registry)
-- $parts varchar[]          series to add up, of all indicators one after another (from the registry)
-- $part_of varchar[]        of each of these the indicator (from the registry)
-- $whole varchar[]          series to divide by, of all indicators one after another (from the registry)
-- $whole_of varchar[]       of each of these the indicator (from the registry)
-- $fiscal_start bigint      month in which a year begins (from the profile)
-- $progress double[]        share of the year gone by the cut-off day, month by month (from the profile)
-- $near double              what is so little behind a target is near it (from the profile)
-- $has_done boolean         the lights tell done from on time (from the profile)
-- $reach_metres double      how far ten minutes on foot are (from the profile)
-- columns:
--   indicator_id varchar
--   township_code varchar     null = all townships that are asked for, and what belongs to none, together
--   township varchar
--   value double              a rate is a ratio, 0 to 1; null = not reported, or 0 in the denominator
--   qualifier varchar         余 约 近 以上 as reported or carried into the sum; 以下 = at most
--   previous double           the month before; null across the start of a year where the figure is cumulative
--   last_year double          the same month of last year
--   target double             of the township, of the county, or of the one township asked for
--   gap double                beyond the target; negative = behind it, whichever way is better
--   status varchar            done, good, warn or bad by the lights; none = not reported; null = no target
--   numerator double
--   denominator double        null for a count
--   gap_units bigint          fewest units that reach the target at this denominator; 0 = reached

with months as (
    select
        unnest(
            generate_series(($month::date - interval 12 month)::date, $month::date, interval 1 month)
        )::date as month
),

paces as (
    select
        unnest(generate_series($month::date, $month::date, interval 1 month))::date as month,
        unnest($progress::double[]) as progress
),

facts as (
    select
        unnest($ids::varchar[]) as indicator_id,
        unnest($firsts::varchar[]) as first_part,
        unnest($divisors::varchar[]) as first_whole,
        split_part(unnest($firsts::varchar[]), '.', 1) as part_source,
        split_part(unnest($divisors::varchar[]), '.', 1) as whole_source,
        unnest($signs::bigint[]) as sign,
        unnest($cumulatives::boolean[]) as is_cumulative,
        unnest($sums::boolean[]) as is_summed,
        unnest($yearlies::boolean[]) as is_yearly,
        unnest($near_shares::boolean[]) as is_near_a_share,
        unnest($totals::boolean[]) as has_total,
        unnest(range(len($ids))) as place
),

made_of as (
    select
        unnest($part_of::varchar[]) as indicator_id,
        unnest($parts::varchar[]) as series,
        true as is_part
    union all
    select
        unnest($whole_of::varchar[]) as indicator_id,
        unnest($whole::varchar[]) as series,
        false as is_part
),

-- include: townships_now

-- include: indicator_cells

keyed as (
    -- the finest rows reported, so that nothing is counted twice; '' = all together
    select
        month,
        unnest([township_code, '']) as code,
        series,
        value,
        qualifier
    from cells
    where case when $committees is null then in_township else in_committee end
),

heard_at as (
    select
        month,
        source,
        township_code as code,
        is_of_county as is_everywhere
    from heard
    union
    select
        month,
        source,
        '' as code,
        false as is_everywhere
    from heard
),

keys as (
    select township_code as code
    from townships_now
    union all
    select '' as code
),

aims as (
    -- several townships together, or some committees only, have no target
    select
        month,
        indicator_id,
        township_code as code,
        value
    from targets
    where township_code is not null and $committees is null
    union all
    select
        month,
        indicator_id,
        '' as code,
        value
    from targets
    where $committees is null
        and case
            when $townships is null then township_code is null
            else len($townships) = 1 and township_code = $townships[1]
        end
),

timed as (
    -- quantiles do not add up: they are asked one by one
    select
        null::date as month,
        null::varchar as code,
        null::double as value
    where false
),

-- include: indicator_standing

select
    lit.indicator_id,
    nullif(lit.code, '') as township_code,
    townships_now.township,
    lit.value,
    case when lit.value is not null then lit.qualifier end as qualifier,
    lit.previous,
    lit.last_year,
    lit.target,
    lit.gap,
    lit.status,
    lit.numerator,
    lit.denominator,
    lit.gap_units
from lit
inner join facts on lit.indicator_id = facts.indicator_id
left join townships_now on lit.code = townships_now.township_code
where lit.code <> '' or facts.has_total
order by facts.place, townships_now.sort_order nulls last
