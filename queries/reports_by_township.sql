-- purpose: which townships sent which ledger
-- 用途：各镇街报送情况
-- one row per township valid at the month's end, in official order, and source
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   township_code varchar
--   township varchar
--   source varchar            enterprises, figures (the ledger that states members) or station_services
--   is_reported boolean       null = nobody did: the table was not published

with
-- include: townships_now

-- include: current_codes

sources as (
    select
        source,
        source_order
    from (values ('enterprises', 1), ('figures', 2), ('station_services', 3)) as listed (source, source_order)
),

sent as (
    select
        current_codes.current_code as township_code,
        reports.source,
        bool_or(reports.is_reported) as is_reported
    from reports
    inner join current_codes on reports.township_code = current_codes.township_code
    where reports.month = $month::date
    group by current_codes.current_code, reports.source
)

select
    townships_now.township_code,
    townships_now.township,
    sources.source,
    sent.is_reported
from townships_now
cross join sources
left join sent on townships_now.township_code = sent.township_code and sources.source = sent.source
order by townships_now.sort_order, townships_now.township_code, sources.source_order
