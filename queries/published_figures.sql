-- purpose: the figures that the county's own report publishes, to stand beside those of the store
-- 用途：公开报道中的数字，作为参照
-- one row per published figure, in the order of the profile
-- $month date               the month whose profile is read, else that of the last before it
-- $published_ids varchar[]  indicators (from the profile)
-- $published_values double[] (from the profile)
-- $published_qualifiers varchar[] (from the profile)
-- $published_units varchar[] (from the profile)
-- $published_words varchar[] (from the profile)
-- $report varchar           the source's number (from the profile)
-- $title varchar            what the source is called (from the profile)
-- columns:
--   indicator_id varchar
--   value double
--   qualifier varchar         余 约 近 以上, as published
--   unit varchar              as published
--   source varchar
--   title varchar
--   words varchar             of the source

with published as (
    select
        unnest($published_ids::varchar[]) as indicator_id,
        unnest($published_values::double[]) as value,
        unnest($published_qualifiers::varchar[]) as qualifier,
        unnest($published_units::varchar[]) as unit,
        unnest($published_words::varchar[]) as words,
        generate_subscripts($published_ids::varchar[], 1) as place
)

select
    indicator_id,
    value,
    qualifier,
    unit,
    $report as source,
    $title as title,
    words
from published
where $month::date is not null
order by place
