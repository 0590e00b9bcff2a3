-- purpose: work list of enterprises that no party work reaches
-- 用途：空白点企业清单：党的工作还没有覆盖到的实体运营企业
-- one row per operating enterprise of the denominator without an organisation and without other party work
-- rows: enterprises
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $denominator varchar      operating, eligible, above_scale or has_members
-- columns:
--   enterprise_id varchar
--   enterprise varchar
--   township_code varchar     null = a township that ended without a successor
--   township varchar
--   committee_id varchar      null = not assigned
--   committee varchar
--   workers bigint
--   members_full bigint
--   is_above_scale boolean    null = not known

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
    enterprises.is_above_scale
from enterprises
left join current_codes on enterprises.township_code = current_codes.township_code
left join townships_now on current_codes.current_code = townships_now.township_code
left join committees_now on enterprises.committee_id = committees_now.committee_id
where enterprises.month = $month::date
    and enterprises.is_operating
    and enterprises.org_form not in ('sole', 'joint')
    -- regional, seconded and incubated ones count once they are approved
    and (enterprises.org_form = 'none' or enterprises.org_approved_on is null)
    and not coalesce(enterprises.has_instructor, false)
    and not coalesce(enterprises.has_liaison, false)
    and not coalesce(enterprises.has_mass_org, false)
    and case $denominator
        when 'eligible' then coalesce(enterprises.is_eligible, false)
        when 'above_scale' then coalesce(enterprises.is_above_scale, false)
        when 'has_members'
            then coalesce(enterprises.members_full, 0) + coalesce(enterprises.members_probationary, 0) >= 1
        else true
    end
    and ($townships is null or list_contains($townships, current_codes.current_code))
    and ($committees is null or list_contains($committees, enterprises.committee_id))
order by townships_now.sort_order nulls last, enterprises.workers desc nulls last, enterprises.enterprise_id
