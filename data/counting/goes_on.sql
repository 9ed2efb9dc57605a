-- One row per location and place where what stands there is counted, in time: the location itself
-- (hops 0, from the beginning), and what it was merged into from the day after it closed. to_on is
-- the last day of that place; null: open. The only place that knows how things go on after a merger.
with recursive

walk as (
    select
        organisation_id as location_id,
        organisation_id as place_id,
        cast(null as date) as from_on,
        to_on,
        merged_into,
        0 as hops
    from organisation
    where organisation_type = 'locatie'

    union all

    select
        walk.location_id,
        successor.organisation_id as place_id,
        cast(walk.to_on + interval '1 day' as date) as from_on,
        successor.to_on,
        successor.merged_into,
        walk.hops + 1 as hops
    from walk
    inner join organisation as successor
        on walk.merged_into = successor.organisation_id
        and walk.to_on < coalesce(successor.to_on, date '9999-12-31')
    where walk.hops < 9
)

select * from walk
