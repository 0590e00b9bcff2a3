-- purpose: how often stations were used, stations that closed within the month included
-- one row per station and service type that was reported; 0 = reported as none
-- from: station_services, stations
-- columns:
--   station_id varchar
--   township_code varchar     null = the station is not in the ledger
--   service_type varchar
--   person_times bigint

select
    station_services.station_id,
    stations.township_code,
    station_services.service_type,
    station_services.person_times
from station_services
left join stations on station_services.station_id = stations.station_id
order by station_services.station_id, station_services.service_type
