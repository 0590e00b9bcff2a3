-- purpose: tasks of each department and list, by how far they are
-- 用途：各责任单位各清单的任务数，按销号状态
-- one row per department and list with a task in the month
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   department varchar        null = none was named; last
--   list varchar              职责 服务 监督 问题 会议议定
--   listed bigint             the sum of the five states
--   cleared bigint            已销号: done and checked
--   to_check bigint           已完成待验: done, not checked
--   running bigint            推进中, not late
--   not_started bigint        未启动, not late
--   overdue bigint            reported as overdue, or not done though due by the month's last day

with
-- include: task_states

counted as (
    select
        department,
        list,
        list_order,
        count(*)::bigint as listed,
        (count(*) filter (where state = 'cleared'))::bigint as cleared,
        (count(*) filter (where state = 'to_check'))::bigint as to_check,
        (count(*) filter (where state = 'running'))::bigint as running,
        (count(*) filter (where state = 'not_started'))::bigint as not_started,
        (count(*) filter (where state = 'overdue'))::bigint as overdue
    from judged
    where month = $month::date
    group by department, list, list_order
)

select
    department,
    list,
    listed,
    cleared,
    to_check,
    running,
    not_started,
    overdue
from counted
order by department nulls last, list_order
