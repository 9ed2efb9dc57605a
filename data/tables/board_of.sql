-- One row per location and board it had: from from_on up to, not including, until, without gaps. The
-- first goes back to 0001-01-01 and the last on to 9999-12-31; a new stretch of the same board is no
-- other board.
with

membership_of as (
    select
        organisation_id,
        ancestor_id,
        from_on,
        lag(ancestor_id) over ahead as board_before
    from organisation_tree
    where ancestor_type = 'bestuur' and organisation_id <> ancestor_id
    window ahead as (
        partition by organisation_id
        order by coalesce(from_on, date '0001-01-01'), ancestor_id
    )
)

select
    organisation_id,
    ancestor_id as board_id,
    case when board_before is not null then from_on else date '0001-01-01' end as from_on,
    lead(from_on, 1, date '9999-12-31') over (
        partition by organisation_id
        order by coalesce(from_on, date '0001-01-01'), ancestor_id
    ) as until
from membership_of
where board_before is null or board_before <> ancestor_id
