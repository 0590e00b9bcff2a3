-- purpose: which townships sent which ledger, month by month
-- 用途：各镇街报送情况的逐月变化
-- one row per township valid at the month's end, in official order, calendar month and source
-- $month date               the month asked for
-- $from_month date          first month of the range that ends with $month
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   township_code varchar
--   township varchar
--   month date
--   source varchar            enterprises, figures (the ledger that states members) or station_services
--   is_reported boolean       null = nobody did, or the township is not one of that month

with months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

-- include: current_codes

townships_now as (
    select
        townships.township_code,
        townships.township,
        townships.sort_order
    from townships
    inner join current_codes on townships.township_code = current_codes.township_code
    where townships.month = $basis_month::date
        and current_codes.current_code = townships.township_code
        and ($townships is null or list_contains($townships, townships.township_code))
),

sources as (
    select
        source,
        source_order
    from (values ('enterprises', 1), ('figures', 2), ('station_services', 3)) as listed (source, source_order)
),

sent as (
    -- townships that were merged since sent one ledger each: all of them count
    select
        reports.month,
        reports.source,
        current_codes.current_code as township_code,
        bool_and(reports.is_reported) as is_reported
    from reports
    inner join current_codes on reports.township_code = current_codes.township_code
    where reports.month between $from_month::date and $month::date
    group by reports.month, reports.source, current_codes.current_code
)

select
    townships_now.township_code,
    townships_now.township,
    months.month,
    sources.source,
    sent.is_reported
from townships_now
cross join months
cross join sources
left join sent
    on months.month = sent.month
    and sources.source = sent.source
    and townships_now.township_code = sent.township_code
order by townships_now.sort_order, townships_now.township_code, months.month, sources.source_order
