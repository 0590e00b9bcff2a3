-- purpose: whose workers make up a sum over enterprises, so that no single one of them shows through
-- one row per township and committee (null = not assigned) with an enterprise whose workers are known
-- from: enterprises
-- columns:
--   township_code varchar
--   committee_id varchar
--   enterprises bigint        with at least one worker
--   workers bigint
--   largest bigint            workers of the enterprise that has most; totals take the largest of theirs

select
    township_code,
    committee_id,
    count(*)::bigint as enterprises,
    sum(workers)::bigint as workers,
    max(workers)::bigint as largest
from enterprises
where workers > 0
group by township_code, committee_id
order by township_code, committee_id nulls last
