-- purpose: work list of tasks that are late, the longest overdue first
-- 用途：逾期任务清单，逾期最久的在前
-- one row per task that is not done and late
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
--   due_on date
--   days_overdue bigint       deadline to the month's last day; null = no deadline, or a later one
--   status varchar            未启动 推进中 逾期
--   progress double           1 = done; more than planned is above

with
-- include: townships_now

-- include: task_states

late as (
    select
        *,
        date_diff('day', due_on, last_day(month)) as days
    from judged
    where month = $month::date and state = 'overdue'
)

select
    late.task_id,
    late.list,
    late.title,
    late.department,
    late.township_code,
    townships_now.township,
    late.due_on,
    case when late.days >= 0 then late.days end as days_overdue,
    late.status,
    late.progress
from late
left join townships_now on late.township_code = townships_now.township_code
order by late.due_on nulls last, late.task_id
