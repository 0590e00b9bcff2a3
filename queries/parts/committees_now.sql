committees_now as (
    select
        committee_id,
        committee,
        sort_order
    from committees
    where month = $basis_month::date and ($committees is null or list_contains($committees, committee_id))
),
