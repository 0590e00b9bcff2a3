-- purpose: how far party organisations and party work reach the operating enterprises
-- one row per township, committee (null = not assigned) and denominator that counts an enterprise
-- from: enterprises
-- columns:
--   township_code varchar
--   committee_id varchar
--   denominator varchar       operating, eligible, above_scale or has_members; each counts operating ones only
--   enterprises bigint
--   sole bigint               with an organisation of its own
--   organised bigint          sole or joint
--   organised_broad bigint    also regional, seconded or incubated, once approved
--   worked bigint             organised_broad, or instructor, liaison or mass organisation; each enterprise once

with operating as (
    select
        township_code,
        committee_id,
        org_form,
        coalesce(is_eligible, false) as is_eligible,
        coalesce(is_above_scale, false) as is_above_scale,
        -- an unknown count of members is no proof of a member
        coalesce(members_full, 0) + coalesce(members_probationary, 0) >= 1 as has_members,
        org_form in ('sole', 'joint')
        or (org_form in ('regional', 'seconded', 'incubated') and org_approved_on is not null)
            as is_organised_broad,
        coalesce(has_instructor, false) or coalesce(has_liaison, false) or coalesce(has_mass_org, false)
            as has_other_work
    from enterprises
    where is_operating
),

counted as (
    select
        'operating' as denominator,
        operating.*
    from operating
    union all
    select
        'eligible' as denominator,
        operating.*
    from operating
    where is_eligible
    union all
    select
        'above_scale' as denominator,
        operating.*
    from operating
    where is_above_scale
    union all
    select
        'has_members' as denominator,
        operating.*
    from operating
    where has_members
)

select
    township_code,
    committee_id,
    denominator,
    count(*)::bigint as enterprises,
    (count(*) filter (where org_form = 'sole'))::bigint as sole,
    (count(*) filter (where org_form in ('sole', 'joint')))::bigint as organised,
    (count(*) filter (where is_organised_broad))::bigint as organised_broad,
    (count(*) filter (where is_organised_broad or has_other_work))::bigint as worked
from counted
group by township_code, committee_id, denominator
order by township_code, committee_id nulls last, denominator
