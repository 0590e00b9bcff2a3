-- purpose: which townships or committees moved the county's figure, and by how much
-- 用途：各镇街（行业）对全县变化的贡献
-- one row per township valid at the month's end, or per committee; null = no change of the county is known
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $indicator varchar        id of the registry, one that adds up (required)
-- $against varchar          previous (the month before) or last_year (required)
-- $by varchar               township (the default) or committee
-- $parts varchar[]          series to add up, the first of them needed (from the registry)
-- $whole varchar[]          series to divide by; none = a count (from the registry)
-- $is_cumulative boolean    it counts from the start of the year (from the registry)
-- $scale bigint             100 for a rate in percent, else 1 (from the registry)
-- $digits bigint            decimals that are shown (from the registry)
-- $fiscal_start bigint      month in which a year begins (from the profile)
-- $reach_metres double      how far ten minutes on foot are, where that is asked (from the profile)
-- columns:
--   township_code varchar     null by committee; or of no township, or of one that ended without a successor
--   township varchar
--   committee_id varchar      null by township; or of no committee
--   committee varchar
--   contribution double       in the unit of the indicator, 百分点 for a rate; the sum is the county's change
--   shown double              rounded so that the sum is the difference of the county's two printed figures
--   own_effect double         of a rate: its own rate moved
--   weight_effect double      of a rate: its share of the denominator moved, or it entered or left
--   state varchar             both, entered, left or absent: in which of the two months it counts anything
--   before double             its own value then; null where it counts nothing
--   now double                its own value in the month

with months as (
    select
        $month::date as month,
        true as is_now
    union all
    select
        ($month::date - to_months(case when $against = 'previous' then 1 else 12 end))::date as month,
        false as is_now
),

-- include: townships_now

-- include: committees_now

-- include: indicator_cells

keyed as (
    -- one way to add up, the county's, whichever way it is split
    select
        months.is_now,
        case when $by = 'committee' then cells.committee_id else cells.township_code end as code,
        cells.series,
        cells.value
    from cells
    inner join months on cells.month = months.month
    where $indicator is not null
        and case when $committees is null then cells.in_township else cells.in_committee end
),

keys as (
    select
        township_code as code
    from townships_now
    where $by <> 'committee'
    union
    select
        committee_id as code
    from committees_now
    where $by = 'committee'
    union
    select code
    from keyed
),

counted as (
    select
        keys.code,
        coalesce(bool_or(keyed.is_now), false) as is_now,
        coalesce(bool_or(not keyed.is_now), false) as is_before,
        sum(case when keyed.is_now and list_contains($parts, keyed.series) then keyed.value end) as part_now,
        sum(case when not keyed.is_now and list_contains($parts, keyed.series) then keyed.value end)
            as part_before,
        sum(case when keyed.is_now and list_contains($whole, keyed.series) then keyed.value end) as whole_now,
        sum(case when not keyed.is_now and list_contains($whole, keyed.series) then keyed.value end)
            as whole_before
    from keys
    left join keyed on keys.code is not distinct from keyed.code
    group by keys.code
),

heard_of as (
    select
        coalesce(bool_or(months.is_now and heard.source = split_part($parts[1], '.', 1)), false) as part_now,
        coalesce(bool_or(not months.is_now and heard.source = split_part($parts[1], '.', 1)), false)
            as part_before
    from heard
    inner join months on heard.month = months.month
),

county as (
    select
        case
            when (select part_now from heard_of) or bool_or(is_now and series = $parts[1])
                then coalesce(sum(value) filter (where is_now and list_contains($parts, series)), 0)
        end as part_now,
        case
            when (select part_before from heard_of) or bool_or(not is_now and series = $parts[1])
                then coalesce(sum(value) filter (where not is_now and list_contains($parts, series)), 0)
        end as part_before,
        sum(value) filter (where is_now and list_contains($whole, series)) as whole_now,
        sum(value) filter (where not is_now and list_contains($whole, series)) as whole_before
    from keyed
),

rated as (
    select
        part_now,
        part_before,
        nullif(whole_now, 0)::double as whole_now,
        nullif(whole_before, 0)::double as whole_before,
        (part_now / nullif(whole_now, 0)::double + part_before / nullif(whole_before, 0)::double) / 2 as middle
    from county
),

weighed as (
    -- n / N - n0 / N0 less the mean rate times the shift in weight: these sum to the change of the ratio
    select
        counted.*,
        coalesce(counted.part_now, 0) / nullif(counted.whole_now, 0)::double as rate_now,
        coalesce(counted.part_before, 0) / nullif(counted.whole_before, 0)::double as rate_before,
        coalesce(counted.whole_now, 0) / rated.whole_now as weight_now,
        coalesce(counted.whole_before, 0) / rated.whole_before as weight_before,
        coalesce(counted.part_now, 0) / rated.whole_now as share_now,
        coalesce(counted.part_before, 0) / rated.whole_before as share_before,
        rated.middle,
        -- a cumulative figure starts anew with the year, so nothing is compared across its start
        case
            when $is_cumulative and $against = 'previous' and month($month::date) = $fiscal_start then null
            when rated.part_now is null or rated.part_before is null then null
            when len($whole) > 0 and rated.middle is null then null
            else 1
        end as known
    from counted
    cross join rated
),

effects as (
    select
        *,
        known * case
            when len($whole) = 0 then coalesce(part_now, 0) - coalesce(part_before, 0)
            else $scale * (share_now - share_before - middle * (weight_now - weight_before))
        end::double as contribution,
        known * case
            when len($whole) > 0
                then $scale * coalesce((rate_now - rate_before) * (weight_now + weight_before) / 2, 0)
        end::double as own_effect
    from weighed
),

printed as (
    -- as it is read: half away from zero, and never 100.0 while anything is missing
    select
        case when len($whole) = 0 then part_now else part_now / whole_now end * $scale as now,
        case when len($whole) = 0 then part_before else part_before / whole_before end * $scale as before
    from rated
),

stepped as (
    select
        round(round(now * power(10, $digits), 6))
        - case when $scale = 100 and now < 100 and round(now * power(10, $digits)) >= 1000 then 1 else 0 end
        - round(round(before * power(10, $digits), 6))
        + case
            when $scale = 100 and before < 100 and round(before * power(10, $digits)) >= 1000 then 1
            else 0
        end
            as change
    from printed
),

rounded as (
    -- largest remainder: all are rounded down, and what is missing goes to those that lost most
    select
        *,
        floor(round(contribution * power(10, $digits), 6)) as steps,
        round(contribution * power(10, $digits), 6)
        - floor(round(contribution * power(10, $digits), 6)) as lost
    from effects
),

ordered as (
    select
        rounded.*,
        townships_now.township,
        committees_now.committee,
        coalesce(townships_now.sort_order, committees_now.sort_order) as sort_order,
        stepped.change - sum(rounded.steps) over () as missing,
        count(*) over () as number
    from rounded
    cross join stepped
    left join townships_now on $by <> 'committee' and rounded.code = townships_now.township_code
    left join committees_now on $by = 'committee' and rounded.code = committees_now.committee_id
),

shared as (
    select
        *,
        row_number() over (order by lost desc, sort_order nulls last, code nulls last) as turn
    from ordered
)

select
    case when $by <> 'committee' then code end as township_code,
    township,
    case when $by = 'committee' then code end as committee_id,
    committee,
    contribution,
    -- the difference of two printed figures may be a step away from the printed difference
    (
        steps
        + floor(missing / number)
        + case when turn <= missing - number * floor(missing / number) then 1 else 0 end
    ) / power(10, $digits) as shown,
    own_effect,
    contribution - own_effect as weight_effect,
    case
        when is_now and is_before then 'both'
        when is_now then 'entered'
        when is_before then 'left'
        else 'absent'
    end as state,
    case
        when len($whole) = 0 then part_before
        when part_before is not null or contains($parts[1], '.') then rate_before
    end as before,
    case
        when len($whole) = 0 then part_now
        when part_now is not null or contains($parts[1], '.') then rate_now
    end as now
from shared
order by sort_order nulls last, code nulls last
