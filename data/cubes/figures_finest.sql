-- purpose: reported figures, and which of them to add up so that nothing is counted twice
-- one row per figure, township and committee reported (null = of all townships, of all committees)
-- from: figures
-- columns:
--   indicator_id varchar
--   township_code varchar
--   committee_id varchar
--   value double
--   lower_bound boolean       reported as "more than" (余, 以上)
--   qualifier varchar         余 约 近 以上, as reported
--   in_township boolean       add up for the county and its townships; null township = the rest
--   in_committee boolean      add up for the county's committees; null committee = the rest

with grained as (
    select
        *,
        township_code is not null and committee_id is not null as is_cell,
        township_code is not null and committee_id is null as is_township,
        township_code is null and committee_id is not null as is_committee
    from figures
),

-- cells, where there are any, turn the township's or committee's own row into a check
finest as (
    select
        *,
        is_township and not bool_or(is_cell) over (partition by indicator_id, township_code)
            as is_whole_township,
        is_committee and not bool_or(is_cell) over (partition by indicator_id, committee_id)
            as is_whole_committee,
        count(*) over (partition by indicator_id) = 1 as is_alone
    from grained
),

-- a whole township and a whole committee overlap, so one split never adds the other's rows
split as (
    select
        *,
        bool_or(is_whole_township) over (partition by indicator_id) as has_whole_townships,
        bool_or(is_whole_committee) over (partition by indicator_id) as has_whole_committees
    from finest
)

select
    indicator_id,
    township_code,
    committee_id,
    value,
    coalesce(qualifier in ('余', '以上'), false) as lower_bound,
    qualifier,
    is_cell or is_alone or is_whole_township or (is_whole_committee and not has_whole_townships)
        as in_township,
    is_cell or is_alone or is_whole_committee or (is_whole_township and not has_whole_committees)
        as in_committee
from split
order by indicator_id, township_code nulls last, committee_id nulls last
