townships_now as (
    select
        townships.township_code,
        townships.township,
        townships.sort_order
    from townships
    inner join township_map
        on townships.month = township_map.month and townships.township_code = township_map.township_code
    where townships.month = $basis_month::date
        and township_map.current_code = townships.township_code
        and ($townships is null or list_contains($townships, townships.township_code))
),
