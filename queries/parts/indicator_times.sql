each_closed as (
    select
        month,
        code,
        days,
        unnest(generate_series(1, closed)) as number
    from lasting
    where basis = 'closed'
),

exposed as (
    select
        month,
        code,
        days,
        closed,
        sum(closed + open) over (partition by month, code order by days desc)::bigint as at_risk
    from lasting
    where basis = 'cohort'
),

surviving as (
    select
        month,
        code,
        days,
        product(1 - closed / at_risk::double) over (partition by month, code order by days) as survival
    from exposed
),

timed as (
    select
        month,
        code,
        quantile_cont(days, $share::double) as value
    from each_closed
    group by month, code
    union all
    -- a product of fractions may miss an exact share by its last digit
    select
        month,
        code,
        min(days) filter (where survival <= 1 - $share + 1e-9) as value
    from surviving
    group by month, code
),
