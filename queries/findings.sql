-- purpose: sentences for the monthly joint meeting, in the order of its agenda
-- 用途：月度联席会议的成句材料，按议程排列
-- one row per sentence
-- $month date               the month asked for
-- $townships varchar[]      codes valid in the basis month, null = all
-- $committees varchar[]     ids, null = all
-- $denominator varchar      operating, eligible, above_scale or has_members: of organisation coverage
-- $lang varchar             zh (the default) or en
-- $sections varchar[]       (from the other queries)
-- $numbers bigint[]         (from the other queries)
-- $indicators varchar[]     (from the other queries)
-- $texts varchar[]          (from the other queries)
-- $statuses varchar[]       (from the other queries)
-- $used varchar[]           (from the other queries)
-- $pages varchar[]          (from the other queries)
-- $links varchar[]          (from the other queries)
-- columns:
--   section varchar           basics, changes, shortfalls, decisions or proposals
--   number bigint             place within the section, from 1
--   indicator_id varchar      null = of no indicator
--   text varchar              one sentence
--   status varchar            done, good, warn, bad or none (not reported) as the lights say; null = no light
--   numbers varchar           the numbers it says by name: a JSON object; rates 0 to 1, changes of rates in 百分点
--   page varchar              the page behind it
--   link varchar              what that page is asked with beside the month: a JSON object

with asked as (
    -- whatever the sentences were told for
    select
        $month::date as month,
        $townships::varchar[] as townships,
        $committees::varchar[] as committees,
        $denominator as denominator,
        $lang as lang
),

told as (
    select
        unnest($sections::varchar[]) as section,
        unnest($numbers::bigint[]) as number,
        unnest($indicators::varchar[]) as indicator_id,
        unnest($texts::varchar[]) as text,
        unnest($statuses::varchar[]) as status,
        unnest($used::varchar[]) as numbers,
        unnest($pages::varchar[]) as page,
        unnest($links::varchar[]) as link,
        generate_subscripts($sections::varchar[], 1) as place
)

select
    told.section,
    told.number,
    told.indicator_id,
    told.text,
    told.status,
    told.numbers,
    told.page,
    told.link
from told
cross join asked
order by told.place
