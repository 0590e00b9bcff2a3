-- purpose: how many townships sent which ledger over time
-- 用途：报送镇街数的逐月变化
-- one row per calendar month and source
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   month date
--   source varchar            enterprises, figures (the ledger that states members) or station_services
--   expected bigint           townships valid at that month's end; null = the table was not published
--   reported bigint           of those, with a ledger

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: current_codes

sources as (
    select
        source,
        source_order
    from (values ('enterprises', 1), ('figures', 2), ('station_services', 3)) as listed (source, source_order)
),

sent as (
    select
        reports.month,
        reports.source,
        count(*)::bigint as expected,
        (count(*) filter (where reports.is_reported))::bigint as reported
    from reports
    left join current_codes on reports.township_code = current_codes.township_code
    where reports.month between $from_month::date and $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
    group by reports.month, reports.source
)

select
    months.month,
    sources.source,
    sent.expected,
    sent.reported
from months
cross join sources
left join sent on months.month = sent.month and sources.source = sent.source
order by months.month, sources.source_order
