-- purpose: what the enterprise ledgers hold, beside coverage
-- one row per township and committee (null = not assigned) with an enterprise
-- from: enterprises
-- columns:
--   township_code varchar
--   committee_id varchar
--   enterprises bigint        all in the ledger
--   operating bigint
--   workers bigint            of all in the ledger; null = nowhere known
--   members_full bigint       likewise
--   members_probationary bigint
--   members_unknown bigint    enterprises with an unknown number of full or probationary members
--   should_build_open bigint  operating, with at least 3 full members and no organisation of its own

select
    township_code,
    committee_id,
    count(*)::bigint as enterprises,
    (count(*) filter (where is_operating))::bigint as operating,
    sum(workers)::bigint as workers,
    sum(members_full)::bigint as members_full,
    sum(members_probationary)::bigint as members_probationary,
    (count(*) filter (where members_full is null or members_probationary is null))::bigint as members_unknown,
    (count(*) filter (where is_operating and members_full >= 3 and org_form <> 'sole'))::bigint
        as should_build_open
from enterprises
group by township_code, committee_id
order by township_code, committee_id nulls last
