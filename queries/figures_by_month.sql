-- purpose: one reported figure over time
-- 用途：某一上报指标的逐月变化
-- one row per calendar month; null = not reported
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $indicator varchar        id of a reported figure (required)
-- columns:
--   month date
--   value double              sum of the finest rows reported
--   lower_bound boolean       a part was reported as more than (余, 以上), so the sum is at least this
--   is_approximate boolean    a part was reported as about (约, 近)

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: current_codes

counted as (
    -- the finest rows reported, so that nothing is counted twice
    select
        figures_finest.month,
        sum(figures_finest.value) as value,
        bool_or(figures_finest.lower_bound) as lower_bound,
        coalesce(bool_or(figures_finest.qualifier in ('约', '近')), false) as is_approximate
    from figures_finest
    left join current_codes on figures_finest.township_code = current_codes.township_code
    where figures_finest.month between $from_month::date and $month::date
        and figures_finest.indicator_id = $indicator
        and case when $committees is null then figures_finest.in_township else figures_finest.in_committee end
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, figures_finest.committee_id))
    group by figures_finest.month
),

found as (
    select
        months.month,
        counted.value,
        counted.lower_bound,
        counted.is_approximate
    from months
    left join counted on months.month = counted.month
)

select
    month,
    value,
    lower_bound,
    is_approximate
from found
order by month
