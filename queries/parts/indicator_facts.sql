facts as (
    -- of the one indicator that is asked for
    select
        $indicator::varchar as indicator_id,
        ($parts::varchar[])[1] as first_part,
        ($whole::varchar[])[1] as first_whole,
        split_part(($parts::varchar[])[1], '.', 1) as part_source,
        split_part(($whole::varchar[])[1], '.', 1) as whole_source,
        $sign::bigint as sign,
        $is_cumulative::boolean as is_cumulative,
        $is_summed::boolean as is_summed,
        $is_yearly::boolean as is_yearly,
        $is_near_a_share::boolean as is_near_a_share
),

made_of as (
    select
        $indicator::varchar as indicator_id,
        unnest($parts::varchar[]) as series,
        true as is_part
    union all
    select
        $indicator::varchar as indicator_id,
        unnest($whole::varchar[]) as series,
        false as is_part
),
