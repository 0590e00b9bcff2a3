-- purpose: one reported figure, township by township
-- 用途：某一上报指标的各镇街数
-- one row per township valid at the month's end, in official order; null = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $indicator varchar        id of a reported figure (required)
-- columns:
--   township_code varchar     null = reported for the county as a whole
--   township varchar
--   value double              sum of the finest rows reported
--   lower_bound boolean       a part was reported as more than (余, 以上), so the sum is at least this
--   is_approximate boolean    a part was reported as about (约, 近)

with
-- include: townships_now

-- include: current_codes

counted as (
    -- the finest rows reported, so that nothing is counted twice
    select
        current_codes.current_code as township_code,
        sum(figures_finest.value) as value,
        bool_or(figures_finest.lower_bound) as lower_bound,
        coalesce(bool_or(figures_finest.qualifier in ('约', '近')), false) as is_approximate
    from figures_finest
    left join current_codes on figures_finest.township_code = current_codes.township_code
    where figures_finest.month = $month::date
        and figures_finest.indicator_id = $indicator
        and case when $committees is null then figures_finest.in_township else figures_finest.in_committee end
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, figures_finest.committee_id))
    group by current_codes.current_code
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select township_code
    from townships_now
    union
    select township_code
    from counted
),

found as (
    select
        keys.township_code,
        townships_now.township,
        townships_now.sort_order,
        counted.value,
        counted.lower_bound,
        counted.is_approximate
    from keys
    left join townships_now on keys.township_code = townships_now.township_code
    left join counted on keys.township_code is not distinct from counted.township_code
)

select
    township_code,
    township,
    value,
    lower_bound,
    is_approximate
from found
order by sort_order nulls last, township_code nulls last
