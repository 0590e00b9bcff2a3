-- purpose: which stations were open at the month's end
-- one row per station of the ledger
-- from: stations
-- $month_end date           last day of the month
-- columns:
--   station_id varchar
--   station varchar
--   township_code varchar
--   station_type varchar
--   is_open boolean           opened by the last day and not closed by then; closed on that day is closed
--   full_kit boolean          has all six standard items; an unknown item counts as missing

select
    station_id,
    name as station,
    township_code,
    station_type,
    coalesce(opened_on <= $month_end::date, true) and coalesce(closed_on > $month_end::date, true) as is_open,
    coalesce(
        kit_cooling and kit_microwave and kit_water and kit_charging and kit_seating and kit_medicine, false
    ) as full_kit
from stations
order by station_id
