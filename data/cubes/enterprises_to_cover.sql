-- purpose: operating enterprises without an organisation of their own or a joint one, by how many members they have
-- one row per township, committee (null = not assigned), full members and what an enterprise counts for
-- from: enterprises
-- columns:
--   township_code varchar
--   committee_id varchar
--   members_full bigint       null = not known
--   is_broad boolean          covered by an approved regional, seconded or incubated organisation
--   is_eligible boolean
--   is_above_scale boolean
--   has_members boolean       full or probationary
--   enterprises bigint

select
    township_code,
    committee_id,
    members_full,
    org_form in ('regional', 'seconded', 'incubated') and org_approved_on is not null as is_broad,
    coalesce(is_eligible, false) as is_eligible,
    coalesce(is_above_scale, false) as is_above_scale,
    -- an unknown count of members is no proof of a member
    coalesce(members_full, 0) + coalesce(members_probationary, 0) >= 1 as has_members,
    count(*)::bigint as enterprises
from enterprises
where is_operating and org_form not in ('sole', 'joint')
group by all
order by all nulls last
