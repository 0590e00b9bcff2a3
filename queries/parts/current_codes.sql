current_codes as (
    select
        township_code,
        current_code
    from township_map
    where month = $basis_month::date
),
