-- purpose: tasks of each township and list, by how far they are
-- 用途：各镇街各清单的任务数，按销号状态
-- one row per township valid at the month's end, in official order, and list; null counts = no task list
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   township_code varchar     null = the whole county's tasks, or of a township that ended without a successor
--   township varchar
--   list varchar              职责 服务 监督 问题 会议议定
--   listed bigint             the sum of the five states
--   cleared bigint            已销号: done and checked
--   to_check bigint           已完成待验: done, not checked
--   running bigint            推进中, not late
--   not_started bigint        未启动, not late
--   overdue bigint            reported as overdue, or not done though due by the month's last day

with
-- include: townships_now

-- include: task_states

lists as (
    select *
    from (
        values ('职责', 1), ('服务', 2), ('监督', 3), ('问题', 4), ('会议议定', 5)
    ) as names (list, list_order)
),

counted as (
    select
        township_code,
        list,
        count(*)::bigint as listed,
        (count(*) filter (where state = 'cleared'))::bigint as cleared,
        (count(*) filter (where state = 'to_check'))::bigint as to_check,
        (count(*) filter (where state = 'running'))::bigint as running,
        (count(*) filter (where state = 'not_started'))::bigint as not_started,
        (count(*) filter (where state = 'overdue'))::bigint as overdue
    from judged
    where month = $month::date
    group by township_code, list
),

keys as (
    select
        townships_now.township_code,
        lists.list
    from townships_now
    cross join lists
    union
    select
        township_code,
        list
    from counted
),

zeros as (
    -- one list for the whole county: no task found is none
    select
        month,
        0 as zero
    from reported
    where month = $month::date and table_name = 'tasks'
)

select
    keys.township_code,
    townships_now.township,
    keys.list,
    coalesce(counted.listed, zeros.zero)::bigint as listed,
    coalesce(counted.cleared, zeros.zero)::bigint as cleared,
    coalesce(counted.to_check, zeros.zero)::bigint as to_check,
    coalesce(counted.running, zeros.zero)::bigint as running,
    coalesce(counted.not_started, zeros.zero)::bigint as not_started,
    coalesce(counted.overdue, zeros.zero)::bigint as overdue
from keys
inner join lists on keys.list = lists.list
left join townships_now on keys.township_code = townships_now.township_code
left join counted
    on keys.township_code is not distinct from counted.township_code and keys.list = counted.list
left join zeros on true
order by townships_now.sort_order nulls last, keys.township_code nulls last, lists.list_order
