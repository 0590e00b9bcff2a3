-- purpose: what indicators are made of, beside the reported figures: series that add up
-- one row per series, township (null = not known) and committee (null = not assigned) that counts any
-- from: townships, enterprises, stations, station_services, grievances, tasks
-- $month date               first day of the month
-- $month_end date           last day of the month
-- columns:
--   series varchar            the table it is counted from, a dot, and what is counted
--   township_code varchar
--   committee_id varchar
--   value double

with firms as (
    select
        township_code,
        committee_id,
        org_form = 'sole' as is_sole,
        org_form in ('sole', 'joint') as is_organised,
        org_form in ('sole', 'joint')
        or (org_form in ('regional', 'seconded', 'incubated') and org_approved_on is not null) as is_broad,
        coalesce(has_instructor, false) as has_instructor,
        coalesce(has_instructor, false) or coalesce(has_liaison, false) or coalesce(has_mass_org, false)
            as has_other_work,
        coalesce(is_eligible, false) as is_eligible,
        coalesce(is_above_scale, false) as is_above_scale,
        coalesce(members_full, 0) + coalesce(members_probationary, 0) >= 1 as has_members,
        coalesce(members_full >= 3, false) as is_due,
        case when coalesce(ledger_operations, false) then 1 else 0 end
        + case when coalesce(ledger_staff, false) then 1 else 0 end
        + case when coalesce(ledger_members, false) then 1 else 0 end
        + case when coalesce(ledger_investors, false) then 1 else 0 end
        + case when coalesce(ledger_organisation, false) then 1 else 0 end as ledgers,
        -- ledgers of which nothing is said are unknown, not missing
        case
            when coalesce(
                ledger_operations, ledger_staff, ledger_members, ledger_investors, ledger_organisation
            ) is not null
                then 5
            else 0
        end as ledgers_due
    from enterprises
    where is_operating
),

firm_series as (
    select *
    from (
        values ('operating'), ('eligible'), ('above_scale'), ('has_members'), ('sole'), ('organised'),
        ('organised_eligible'), ('organised_above_scale'), ('organised_has_members'), ('organised_broad'),
        ('worked'), ('uncovered'), ('due'), ('due_sole'), ('due_open'), ('unorganised'), ('unorganised_worked'),
        ('unorganised_instructed'), ('instructed'), ('ledgers'), ('ledgers_due')
    ) as names (name)
),

firm_counts as (
    select
        'enterprises.' || firm_series.name as series,
        firms.township_code,
        firms.committee_id,
        sum(
            case firm_series.name
                when 'operating' then 1
                when 'eligible' then firms.is_eligible::int
                when 'above_scale' then firms.is_above_scale::int
                when 'has_members' then firms.has_members::int
                when 'sole' then firms.is_sole::int
                when 'organised' then firms.is_organised::int
                when 'organised_eligible' then (firms.is_organised and firms.is_eligible)::int
                when 'organised_above_scale' then (firms.is_organised and firms.is_above_scale)::int
                when 'organised_has_members' then (firms.is_organised and firms.has_members)::int
                when 'organised_broad' then firms.is_broad::int
                when 'worked' then (firms.is_broad or firms.has_other_work)::int
                when 'uncovered' then (not firms.is_broad and not firms.has_other_work)::int
                when 'due' then firms.is_due::int
                when 'due_sole' then (firms.is_due and firms.is_sole)::int
                when 'due_open' then (firms.is_due and not firms.is_sole)::int
                when 'unorganised' then (not firms.is_broad)::int
                when 'unorganised_worked' then (not firms.is_broad and firms.has_other_work)::int
                when 'unorganised_instructed' then (not firms.is_broad and firms.has_instructor)::int
                when 'instructed' then firms.has_instructor::int
                when 'ledgers' then firms.ledgers
                when 'ledgers_due' then firms.ledgers_due
            end
        ) as value
    from firms
    cross join firm_series
    group by firm_series.name, firms.township_code, firms.committee_id
),

place_counts as (
    select
        'stations.open' as series,
        township_code,
        count(*) as value
    from stations
    where coalesce(opened_on <= $month_end::date, true) and coalesce(closed_on > $month_end::date, true)
    group by township_code
    union all
    select
        'stations.full_kit' as series,
        township_code,
        count(*) as value
    from stations
    where coalesce(opened_on <= $month_end::date, true) and coalesce(closed_on > $month_end::date, true)
        and kit_cooling and kit_microwave and kit_water and kit_charging and kit_seating and kit_medicine
    group by township_code
    union all
    select
        'station_services.person_times' as series,
        stations.township_code,
        sum(station_services.person_times) as value
    from station_services
    left join stations on station_services.station_id = stations.station_id
    group by stations.township_code
),

cases as (
    select
        township_code,
        committee_id,
        status = 'closed' and closed_at::date <= $month_end::date as is_closed,
        received_at::date >= $month::date as is_new,
        received_at::date >= ($month::date - interval '11' month)::date as is_recent,
        coalesce(closed_at::date >= $month::date, false) as is_closed_in_month,
        coalesce(due_at::date >= $month::date and due_at::date <= $month_end::date, false) as is_due,
        coalesce(due_at::date <= $month_end::date, false) as is_past_due,
        -- midnight means that no time of day was given: then dates are compared
        coalesce(
            case
                when closed_at::date::timestamp = closed_at or due_at::date::timestamp = due_at
                    then closed_at::date <= due_at::date
                else closed_at <= due_at
            end, false
        ) as is_by_deadline,
        -- 解决 is the petitioner's word; what a department says of its own work is not counted
        case when judged_by = 'petitioner' then is_resolved end as is_resolved,
        satisfaction,
        coalesce(reopened, false) as is_reopened
    from grievances
    where received_at::date <= $month_end::date and status in ('open', 'closed')
),

case_series as (
    select *
    from (
        values ('received'), ('closed'), ('open'), ('due'), ('on_time'), ('overdue_open'), ('recent'),
        ('recent_closed'), ('reopened'), ('judged'), ('resolved'), ('rated'), ('satisfied')
    ) as names (name)
),

case_counts as (
    select
        'grievances.' || case_series.name as series,
        cases.township_code,
        cases.committee_id,
        sum(
            coalesce(case case_series.name
                when 'received' then cases.is_new
                when 'closed' then cases.is_closed and cases.is_closed_in_month
                when 'open' then not cases.is_closed
                when 'due' then cases.is_due
                when 'on_time' then cases.is_closed and cases.is_due and cases.is_by_deadline
                when 'overdue_open' then not cases.is_closed and cases.is_past_due
                when 'recent' then cases.is_recent
                when 'recent_closed' then cases.is_recent and cases.is_closed
                when 'reopened' then cases.is_closed and cases.is_closed_in_month and cases.is_reopened
                when 'judged'
                    then cases.is_closed and cases.is_closed_in_month and cases.is_resolved is not null
                when 'resolved' then cases.is_closed and cases.is_closed_in_month and cases.is_resolved
                when 'rated'
                    then cases.is_closed and cases.is_closed_in_month and cases.satisfaction is not null
                when 'satisfied'
                    then cases.is_closed and cases.is_closed_in_month
                        and cases.satisfaction in ('满意', '基本满意', '非常满意')
            end, false)::int
        ) as value
    from cases
    cross join case_series
    group by case_series.name, cases.township_code, cases.committee_id
),

task_counts as (
    select
        'tasks.' || kinds.kind || case when states.state = 'all' then '' else '_' || states.state end as series,
        tasks.township_code,
        count(*) as value
    from tasks
    cross join (values ('listed'), ('duties'), ('problems'), ('decisions')) as kinds (kind)
    cross join (values ('all'), ('cleared'), ('overdue')) as states (state)
    where case kinds.kind
            when 'listed' then true
            when 'duties' then tasks.list in ('职责', '服务', '监督')
            when 'problems' then tasks.list = '问题'
            else tasks.list = '会议议定'
        end
        and case states.state
            when 'all' then true
            when 'cleared' then tasks.status = '已销号'
            else tasks.status = '逾期'
                or (tasks.status in ('未启动', '推进中') and coalesce(tasks.due_on <= $month_end::date, false))
        end
    group by kinds.kind, states.state, tasks.township_code
),

counted as (
    select
        series,
        township_code,
        committee_id,
        value::double as value
    from firm_counts
    union all
    select
        series,
        township_code,
        null as committee_id,
        value::double as value
    from place_counts
    union all
    select
        series,
        township_code,
        committee_id,
        value::double as value
    from case_counts
    union all
    select
        series,
        township_code,
        null as committee_id,
        value::double as value
    from task_counts
)

select
    series,
    township_code,
    committee_id,
    value
from counted
where value > 0
order by series, township_code nulls last, committee_id nulls last
