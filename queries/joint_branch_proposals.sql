-- purpose: which enterprises could have an organisation soonest: of their own, or a joint branch of neighbours
-- 用途：可以尽快建立党组织的企业：应单独组建的，和同镇街同行业可以联合组建的
-- one row per township and committee where any can be proposed
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $denominator varchar      operating, eligible, above_scale or has_members: what the gains count in
-- $sole_members bigint      full members from which a branch of its own is due (from the profile)
-- $joint_units bigint       units that a joint branch should not exceed (from the profile)
-- columns:
--   township_code varchar     null = a township that ended without a successor
--   township varchar
--   committee_id varchar      null = not assigned; no joint branch is proposed there
--   committee varchar
--   sole bigint               with enough full members for a branch of their own, neither sole nor joint yet
--   sole_gain bigint          of those, in the denominator
--   branches bigint           fewest joint branches of the units allowed, each with enough full members
--   joined bigint             enterprises they would cover: with full members, but too few, and no organisation
--   joined_gain bigint        of those, in the denominator

with
-- include: townships_now

-- include: committees_now

-- include: current_codes

told as (
    select
        current_codes.current_code as township_code,
        enterprises_to_cover.committee_id,
        enterprises_to_cover.members_full,
        enterprises_to_cover.enterprises,
        enterprises_to_cover.members_full >= $sole_members as is_sole,
        -- only neighbours of the same industry come together
        enterprises_to_cover.members_full between 1 and $sole_members - 1
        and not enterprises_to_cover.is_broad
        and enterprises_to_cover.committee_id is not null as is_small,
        case $denominator
            when 'eligible' then enterprises_to_cover.is_eligible
            when 'above_scale' then enterprises_to_cover.is_above_scale
            when 'has_members' then enterprises_to_cover.has_members
            else true
        end as is_counted
    from enterprises_to_cover
    left join current_codes on enterprises_to_cover.township_code = current_codes.township_code
    where enterprises_to_cover.month = $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
        and ($committees is null or list_contains($committees, enterprises_to_cover.committee_id))
),

summed as (
    select
        township_code,
        committee_id,
        coalesce(sum(enterprises) filter (where is_sole), 0) as sole,
        coalesce(sum(enterprises) filter (where is_sole and is_counted), 0) as sole_gain,
        coalesce(sum(enterprises) filter (where is_small), 0) as small,
        coalesce(sum(enterprises) filter (where is_small and is_counted), 0) as small_counted,
        coalesce(sum(enterprises * members_full) filter (where is_small), 0) as members
    from told
    group by township_code, committee_id
),

shaped as (
    -- in groups of nearly the same size each has enough members, as every unit has one at least
    select
        *,
        case
            when members < $sole_members then 0
            when small <= $joint_units then 1
            when small // ceil(small / $joint_units::double) >= $sole_members
                then ceil(small / $joint_units::double)
            when $joint_units >= $sole_members then small // $joint_units
            else 0
        end as branches
    from summed
),

filled as (
    select
        *,
        case when branches * $joint_units >= small then small else branches * $joint_units end as joined
    from shaped
),

proposed as (
    select
        *,
        -- whom a full branch leaves out may be just those that count
        case when branches = 0 then 0 else greatest(0, small_counted - (small - joined)) end as joined_gain
    from filled
    where sole > 0 or branches > 0
)

select
    proposed.township_code,
    townships_now.township,
    proposed.committee_id,
    committees_now.committee,
    proposed.sole::bigint as sole,
    proposed.sole_gain::bigint as sole_gain,
    proposed.branches::bigint as branches,
    proposed.joined::bigint as joined,
    proposed.joined_gain::bigint as joined_gain
from proposed
left join townships_now on proposed.township_code = townships_now.township_code
left join committees_now on proposed.committee_id = committees_now.committee_id
order by
    townships_now.sort_order nulls last,
    proposed.township_code nulls last,
    committees_now.sort_order nulls last,
    proposed.committee_id nulls last
