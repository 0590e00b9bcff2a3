-- purpose: work list of enterprises with at least 3 full members and no organisation of their own
-- 用途：应建未建企业清单：正式党员不少于3名、没有单独建立党组织的实体运营企业
-- one row per operating enterprise that should have an organisation of its own and has none
-- rows: enterprises
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- columns:
--   enterprise_id varchar
--   enterprise varchar
--   township_code varchar     null = a township that ended without a successor
--   township varchar
--   committee_id varchar      null = not assigned
--   committee varchar
--   workers bigint
--   members_full bigint
--   org_form varchar          joint regional seconded incubated none: what it has instead

with
-- include: townships_now

-- include: current_codes

committees_now as (
    select
        committee_id,
        committee
    from committees
    where month = $basis_month::date
)

select
    enterprises.enterprise_id,
    enterprises.name as enterprise,
    current_codes.current_code as township_code,
    townships_now.township,
    enterprises.committee_id,
    committees_now.committee,
    enterprises.workers,
    enterprises.members_full,
    enterprises.org_form
from enterprises
left join current_codes on enterprises.township_code = current_codes.township_code
left join townships_now on current_codes.current_code = townships_now.township_code
left join committees_now on enterprises.committee_id = committees_now.committee_id
where enterprises.month = $month::date
    and enterprises.is_operating
    and enterprises.members_full >= 3
    and enterprises.org_form <> 'sole'
    and ($townships is null or list_contains($townships, current_codes.current_code))
    and ($committees is null or list_contains($committees, enterprises.committee_id))
order by townships_now.sort_order nulls last, enterprises.members_full desc, enterprises.enterprise_id
