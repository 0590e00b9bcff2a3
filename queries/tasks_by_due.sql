-- purpose: tasks of the task force, the most urgent first
-- 用途：专班任务清单，按时限排列
-- one row per task of the month's list
-- $month date               the month asked for
-- $basis_month date         month whose townships and names hold: $month, else the last before it
-- $townships varchar[]      codes valid in the basis month, null = all
-- columns:
--   task_id varchar
--   list varchar              职责 服务 监督 问题 会议议定
--   title varchar
--   department varchar
--   township_code varchar     null = the whole county
--   township varchar
--   due_on date               null = none was set; listed last
--   status varchar            未启动 推进中 已完成待验 已销号 逾期
--   closed_on date
--   progress double           1 = done; more than planned is above
--   is_overdue boolean        reported as overdue, or not done though due by the month's last day

with townships_now as (
    select
        townships.township_code,
        townships.township,
        townships.sort_order
    from townships
    inner join township_map
        on townships.month = township_map.month and townships.township_code = township_map.township_code
    where townships.month = $basis_month::date
        and township_map.current_code = townships.township_code
        and ($townships is null or list_contains($townships, townships.township_code))
),

current_codes as (
    select
        township_code,
        current_code
    from township_map
    where month = $basis_month::date
)

select
    tasks.task_id,
    tasks.list,
    tasks.title,
    tasks.department,
    current_codes.current_code as township_code,
    townships_now.township,
    tasks.due_on,
    tasks.status,
    tasks.closed_on,
    tasks.progress,
    tasks.status = '逾期'
    or (tasks.status in ('未启动', '推进中') and coalesce(tasks.due_on <= last_day($month::date), false))
        as is_overdue
from tasks
left join current_codes on tasks.township_code = current_codes.township_code
left join townships_now on current_codes.current_code = townships_now.township_code
where tasks.month = $month::date
    and ($townships is null or list_contains($townships, current_codes.current_code))
order by tasks.due_on nulls last, tasks.task_id
