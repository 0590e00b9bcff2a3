-- purpose: one reported figure, industry by industry
-- 用途：某一上报指标的各行业数
-- one row per committee of the profile, in its order; null = not reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $indicator varchar        id of a reported figure (required)
-- columns:
--   committee_id varchar      null = reported for all committees together
--   committee varchar
--   value double              sum of the finest rows reported
--   lower_bound boolean       a part was reported as more than (余, 以上), so the sum is at least this
--   is_approximate boolean    a part was reported as about (约, 近)

with
-- include: committees_now

-- include: current_codes

counted as (
    -- the finest rows reported, so that nothing is counted twice
    select
        figures_finest.committee_id,
        sum(figures_finest.value) as value,
        bool_or(figures_finest.lower_bound) as lower_bound,
        coalesce(bool_or(figures_finest.qualifier in ('约', '近')), false) as is_approximate
    from figures_finest
    left join current_codes on figures_finest.township_code = current_codes.township_code
    where figures_finest.month = $month::date
        and figures_finest.indicator_id = $indicator
        and case when $townships is null then figures_finest.in_committee else figures_finest.in_township end
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, figures_finest.committee_id))
    group by figures_finest.committee_id
),

keys as (
    -- what belongs to no row of the profile comes last, so that the parts sum to the whole
    select committee_id
    from committees_now
    union
    select committee_id
    from counted
),

found as (
    select
        keys.committee_id,
        committees_now.committee,
        committees_now.sort_order,
        counted.value,
        counted.lower_bound,
        counted.is_approximate
    from keys
    left join committees_now on keys.committee_id = committees_now.committee_id
    left join counted on keys.committee_id is not distinct from counted.committee_id
)

select
    committee_id,
    committee,
    value,
    lower_bound,
    is_approximate
from found
order by sort_order nulls last, committee_id nulls last
