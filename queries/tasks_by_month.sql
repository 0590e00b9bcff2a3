-- purpose: tasks on each list at each month's end, by how far they were then
-- 用途：各清单每月末的任务数，按销号状态
-- one row per month and list; null counts = no task list that month
-- $month date               the month asked for
-- $from_month date          first month shown
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   month date
--   list varchar              职责 服务 监督 问题 会议议定
--   listed bigint             the sum of the five states
--   cleared bigint            已销号: done and checked
--   to_check bigint           已完成待验: done, not checked
--   running bigint            推进中, not late
--   not_started bigint        未启动, not late
--   overdue bigint            reported as overdue, or not done though due by the month's last day
--   open bigint               listed less cleared; a task that was reopened counts again
--   reopened bigint           open, though cleared when the list named it last

with
-- include: task_states

months as (
    select unnest(generate_series($from_month::date, $month::date, interval 1 month))::date as month
),

lists as (
    select *
    from (
        values ('职责', 1), ('服务', 2), ('监督', 3), ('问题', 4), ('会议议定', 5)
    ) as names (list, list_order)
),

counted as (
    select
        month,
        list,
        count(*)::bigint as listed,
        (count(*) filter (where state = 'cleared'))::bigint as cleared,
        (count(*) filter (where state = 'to_check'))::bigint as to_check,
        (count(*) filter (where state = 'running'))::bigint as running,
        (count(*) filter (where state = 'not_started'))::bigint as not_started,
        (count(*) filter (where state = 'overdue'))::bigint as overdue,
        (count(*) filter (where is_reopened))::bigint as reopened
    from judged
    group by month, list
),

zeros as (
    -- one list for the whole county: no task found is none
    select
        month,
        0 as zero
    from reported
    where table_name = 'tasks'
),

filled as (
    select
        months.month,
        lists.list,
        lists.list_order,
        coalesce(counted.listed, zeros.zero)::bigint as listed,
        coalesce(counted.cleared, zeros.zero)::bigint as cleared,
        coalesce(counted.to_check, zeros.zero)::bigint as to_check,
        coalesce(counted.running, zeros.zero)::bigint as running,
        coalesce(counted.not_started, zeros.zero)::bigint as not_started,
        coalesce(counted.overdue, zeros.zero)::bigint as overdue,
        coalesce(counted.reopened, zeros.zero)::bigint as reopened
    from months
    cross join lists
    left join counted on months.month = counted.month and lists.list = counted.list
    left join zeros on months.month = zeros.month
)

select
    month,
    list,
    listed,
    cleared,
    to_check,
    running,
    not_started,
    overdue,
    listed - cleared as open,
    reopened
from filled
order by month, list_order
