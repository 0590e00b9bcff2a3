-- purpose: every figure reported in the month
-- 用途：当月上报的全部指标
-- one row per figure that was reported
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   indicator_id varchar
--   value double              sum of the finest rows reported
--   lower_bound boolean       a part was reported as more than (余, 以上), so the sum is at least this
--   is_approximate boolean    a part was reported as about (约, 近)
--   rows_added bigint         how many reported numbers were added up
--   zeros bigint              of those, reported as none
--   qualified bigint          of those, with 余, 约, 近 or 以上

with current_codes as (
    select
        township_code,
        current_code
    from township_map
    where month = $basis_month::date
)

-- the finest rows reported, so that nothing is counted twice
select
    figures_finest.indicator_id,
    sum(figures_finest.value) as value,
    bool_or(figures_finest.lower_bound) as lower_bound,
    coalesce(bool_or(figures_finest.qualifier in ('约', '近')), false) as is_approximate,
    count(*)::bigint as rows_added,
    (count(*) filter (where figures_finest.value = 0))::bigint as zeros,
    count(figures_finest.qualifier)::bigint as qualified
from figures_finest
left join current_codes on figures_finest.township_code = current_codes.township_code
where figures_finest.month = $month::date
    and case when $committees is null then figures_finest.in_township else figures_finest.in_committee end
    and ($townships is null or list_contains($townships, current_codes.current_code))
    and ($committees is null or list_contains($committees, figures_finest.committee_id))
group by figures_finest.indicator_id
order by figures_finest.indicator_id
