-- include: current_codes

judged as (
    -- each task in one state: late comes before what else is said of it
    select
        tasks.month,
        tasks.task_id,
        tasks.list,
        list_position(['职责', '服务', '监督', '问题', '会议议定'], tasks.list) as list_order,
        tasks.title,
        tasks.department,
        current_codes.current_code as township_code,
        tasks.due_on,
        tasks.status,
        tasks.closed_on,
        tasks.progress,
        case
            when tasks.status = '已销号' then 'cleared'
            when tasks.status = '已完成待验' then 'to_check'
            when tasks.status = '逾期' or coalesce(tasks.due_on <= last_day(tasks.month), false) then 'overdue'
            when tasks.status = '推进中' then 'running'
            else 'not_started'
        end as state,
        coalesce(
            tasks.status <> '已销号'
            and lag(tasks.status) over (
                partition by tasks.list, tasks.task_id, tasks.title
                order by tasks.month
            ) = '已销号',
            false
        ) as is_reopened
    from tasks
    left join current_codes on tasks.township_code = current_codes.township_code
    where tasks.month <= $month::date
        and ($townships is null or list_contains($townships, current_codes.current_code))
),
