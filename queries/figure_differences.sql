-- purpose: reported totals that differ from the sum of the finer rows that are counted
-- 用途：上报合计与明细相加不符的指标
-- one row per figure and reported total that differs; the finer rows are what all pages add up
-- internal: a number that was sent twice says what a rounded total hides
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all; the county's totals come with all only
-- columns:
--   indicator_id varchar
--   level varchar             county, township or committee: whose total; committees = all of theirs together
--   township_code varchar
--   township varchar
--   committee_id varchar
--   committee varchar
--   stated double             the total as reported
--   qualifier varchar         of the total: 余 or 以上 = at least; 约 and 近 can differ from nothing
--   summed double             the finer rows added up
--   difference double         stated - summed
--   silent bigint             townships of the month without a row of this figure: the rest may be theirs

with rows_of_month as (
    select
        figures_finest.*,
        coalesce(qualifier in ('约', '近'), false) as is_vague,
        township_code is not null and committee_id is not null as is_cell
    from figures_finest
    where month = $month::date
),

cells_of as (
    -- every total beside the rows below it
    select
        whole.indicator_id,
        case when whole.township_code is not null then 'township' else 'committee' end as level,
        whole.township_code,
        whole.committee_id,
        any_value(whole.value) as stated,
        any_value(whole.qualifier) as qualifier,
        any_value(whole.lower_bound) as is_least,
        any_value(whole.is_vague) or bool_or(part.is_vague) as is_vague,
        sum(part.value) as summed,
        bool_or(part.lower_bound) as is_sum_least
    from rows_of_month as whole
    inner join rows_of_month as part
        on whole.indicator_id = part.indicator_id
        and part.is_cell
        and coalesce(whole.township_code = part.township_code, whole.committee_id = part.committee_id)
    where (whole.township_code is null) <> (whole.committee_id is null)
    group by whole.indicator_id, whole.township_code, whole.committee_id
),

of_county as (
    select
        whole.indicator_id,
        'county' as level,
        null::varchar as township_code,
        null::varchar as committee_id,
        any_value(whole.value) as stated,
        any_value(whole.qualifier) as qualifier,
        any_value(whole.lower_bound) as is_least,
        any_value(whole.is_vague) or bool_or(part.is_vague) as is_vague,
        sum(part.value) as summed,
        bool_or(part.lower_bound) as is_sum_least
    from rows_of_month as whole
    inner join rows_of_month as part
        on whole.indicator_id = part.indicator_id
        and part.in_township
        and (part.township_code is not null or part.committee_id is not null)
    where whole.township_code is null and whole.committee_id is null
    group by whole.indicator_id
),

of_committees as (
    -- told twice over, by township and by committee, without cells: two splits of one total
    select
        indicator_id,
        'committees' as level,
        null::varchar as township_code,
        null::varchar as committee_id,
        sum(value) filter (where in_committee) as stated,
        null::varchar as qualifier,
        coalesce(bool_or(lower_bound) filter (where in_committee), false) as is_least,
        bool_or(is_vague) as is_vague,
        sum(value) filter (where in_township) as summed,
        coalesce(bool_or(lower_bound) filter (where in_township), false) as is_sum_least
    from rows_of_month
    where in_township or in_committee
    group by indicator_id
    having bool_or(in_township and not in_committee) and bool_or(in_committee and not in_township)
),

compared as (
    select * from cells_of
    union all
    select * from of_county
    union all
    select * from of_committees
),

different as (
    select *
    from compared
    where not is_vague
        and abs(stated - summed) > 1e-9
        and not (is_least and (is_sum_least or summed > stated))
        and not (is_sum_least and summed < stated)
),

sent as (
    select distinct
        indicator_id,
        township_code
    from rows_of_month
    where in_township and township_code is not null
),

silence as (
    select
        different.indicator_id,
        count(distinct reports.township_code) filter (where sent.township_code is null) as silent
    from (select distinct indicator_id from different) as different
    left join reports on reports.month = $month::date
    left join sent
        on different.indicator_id = sent.indicator_id and reports.township_code = sent.township_code
    group by different.indicator_id
)

select
    different.indicator_id,
    different.level,
    different.township_code,
    townships.township,
    different.committee_id,
    committees.committee,
    different.stated,
    different.qualifier,
    different.summed,
    different.stated - different.summed as difference,
    silence.silent::bigint as silent
from different
inner join silence on different.indicator_id = silence.indicator_id
left join townships
    on townships.month = $basis_month::date and different.township_code = townships.township_code
left join committees
    on committees.month = $basis_month::date and different.committee_id = committees.committee_id
where $townships is null or list_contains($townships, different.township_code)
order by
    different.indicator_id,
    array_position(['county', 'committees', 'township', 'committee'], different.level),
    townships.sort_order,
    committees.sort_order,
    different.township_code,
    different.committee_id
