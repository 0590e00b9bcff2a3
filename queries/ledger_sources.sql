-- purpose: which file, sheet and rows the figures of a month came from
-- 用途：当月数字出自哪个文件、工作表和行
-- one row per table, figure, township, committee, file and sheet that has any row
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   table_name varchar        table of the contract
--   indicator_id varchar      of figures and targets
--   township_code varchar     null = of the whole county, or of a township that is gone
--   township varchar
--   committee_id varchar      null = of none
--   committee varchar
--   file varchar
--   sheet varchar             null = the file has no sheets
--   entries bigint            rows of the table
--   first_row bigint          as a spreadsheet user counts
--   last_row bigint

with
-- include: townships_now

-- include: current_codes

-- include: committees_now

-- a township's cases may stand under the names it had before
found as (
    select
        ledger_sources.table_name,
        ledger_sources.indicator_id,
        current_codes.current_code as township_code,
        ledger_sources.committee_id,
        ledger_sources.file,
        ledger_sources.sheet,
        sum(ledger_sources.entries)::bigint as entries,
        min(ledger_sources.first_row) as first_row,
        max(ledger_sources.last_row) as last_row
    from ledger_sources
    left join current_codes on ledger_sources.township_code = current_codes.township_code
    where ledger_sources.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, ledger_sources.committee_id))
    group by
        ledger_sources.table_name,
        ledger_sources.indicator_id,
        current_codes.current_code,
        ledger_sources.committee_id,
        ledger_sources.file,
        ledger_sources.sheet
)

select
    found.table_name,
    found.indicator_id,
    found.township_code,
    townships_now.township,
    found.committee_id,
    committees_now.committee,
    found.file,
    found.sheet,
    found.entries,
    found.first_row,
    found.last_row
from found
left join townships_now on found.township_code = townships_now.township_code
left join committees_now on found.committee_id = committees_now.committee_id
order by
    found.table_name,
    found.indicator_id nulls first,
    townships_now.sort_order nulls last,
    found.township_code nulls last,
    committees_now.sort_order nulls last,
    found.committee_id nulls last,
    found.file,
    found.sheet nulls first
