counted as (
    select
        made_of.indicator_id,
        keyed.month,
        keyed.code,
        -- the first part is needed, the others are added where they are reported
        case
            when bool_or(made_of.series = facts.first_part) then sum(keyed.value) filter (where made_of.is_part)
        end as numerator,
        sum(keyed.value) filter (where not made_of.is_part) as denominator,
        list_distinct(list(keyed.qualifier) filter (where made_of.is_part)) as said,
        list_distinct(list(keyed.qualifier) filter (where not made_of.is_part)) as said_below
    from keyed
    inner join made_of on keyed.series = made_of.series
    inner join facts on made_of.indicator_id = facts.indicator_id
    group by made_of.indicator_id, keyed.month, keyed.code
),

zeros as (
    select
        facts.indicator_id,
        heard_at.month,
        keys.code,
        max(case when heard_at.source = facts.part_source then 0 end) as part_zero,
        max(case when heard_at.source = facts.whole_source then 0 end) as whole_zero
    from heard_at
    inner join facts on heard_at.source in (facts.part_source, facts.whole_source)
    inner join keys on heard_at.is_everywhere or heard_at.code is not distinct from keys.code
    group by facts.indicator_id, heard_at.month, keys.code
),

filled as (
    select
        months.month,
        keys.code,
        facts.*,
        coalesce(counted.numerator, zeros.part_zero)::double as numerator,
        coalesce(counted.denominator, zeros.whole_zero)::double as denominator,
        timed.value as days,
        counted.said,
        coalesce(len(counted.said), 0) as ways_said,
        coalesce(len(counted.said_below), 0) as ways_said_below,
        -- about and nearly leave it open on which side the true figure lies
        list_has_any(coalesce(counted.said, []) || coalesce(counted.said_below, []), ['约', '近']) as is_vague
    from months
    cross join keys
    cross join facts
    left join counted
        on months.month = counted.month
        and keys.code is not distinct from counted.code
        and facts.indicator_id = counted.indicator_id
    left join timed on months.month = timed.month and keys.code is not distinct from timed.code
    left join zeros
        on months.month = zeros.month
        and keys.code is not distinct from zeros.code
        and facts.indicator_id = zeros.indicator_id
),

measured as (
    select
        * exclude (numerator),
        case when first_part is not null then numerator end as numerator,
        case
            when first_part is null then days
            when first_whole is not null then numerator / nullif(denominator, 0)
            else numerator
        end::double as value,
        case
            when ways_said = 1 and ways_said_below = 0 then said[1]
            when is_vague or (ways_said > 0 and ways_said_below > 0) then '约'
            when ways_said > 0 then '余'
            when ways_said_below > 0 then '以下'
        end as qualifier
    from filled
),

compared as (
    select
        *,
        case when is_cumulative and month(month) = $fiscal_start then null else lag(value) over by_month end
            as previous,
        lag(value, 12) over by_month as last_year,
        case
            when is_summed and value is not null then sum(value) over within_year
            else value
        end as done
    from measured
    window
        by_month as (partition by indicator_id, code order by month),
        within_year as (
            partition by indicator_id, code, year(month - to_months($fiscal_start::integer - 1))
            order by month
        )
),

aimed as (
    select
        compared.*,
        aims.value as target,
        aims.value * case when compared.is_yearly then paces.progress else 1 end as pace
    from compared
    inner join paces on compared.month = paces.month
    left join aims
        on compared.month = aims.month
        and compared.code is not distinct from aims.code
        and compared.indicator_id = aims.indicator_id
),

judged as (
    select
        *,
        value - previous as change,
        (done - target) * sign as gap,
        -- a target that was computed (0.8500000000000001) means its short form
        round((done - target) * sign, 9) as past_target,
        round((done - pace) * sign, 9) as past_pace,
        case
            when first_part is null or target is null or done is null then null
            when first_whole is null then greatest(0, ceil(round((target - done) * sign, 6)))
            when sign = 1 then greatest(0, ceil(round(target * denominator, 6)) - floor(numerator))
            else greatest(0, ceil(numerator) - floor(round(target * denominator, 6)))
        end::bigint as gap_units
    from aimed
),

lit as (
    select
        *,
        case
            when target is null then null
            when done is null then 'none'
            when $has_done and past_target >= 0 then 'done'
            when past_pace >= 0 then 'good'
            when -past_pace <= round($near * case when is_near_a_share then abs(pace) else 1 end, 9)
                then 'warn'
            else 'bad'
        end as status
    from judged
)
