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

with
-- include: townships_now

-- include: task_states

listed as (
    select *
    from judged
    where month = $month::date
)

select
    listed.task_id,
    listed.list,
    listed.title,
    listed.department,
    listed.township_code,
    townships_now.township,
    listed.due_on,
    listed.status,
    listed.closed_on,
    listed.progress,
    listed.state = 'overdue' as is_overdue
from listed
left join townships_now on listed.township_code = townships_now.township_code
order by listed.due_on nulls last, listed.task_id
