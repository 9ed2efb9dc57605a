-- One row per organisation, organisation above it (itself included) and stretch of time. from_on and
-- to_on are the first and the last day of that membership; null is open.
with itself as (
    select
        organisation_id,
        organisation_id as ancestor_id,
        organisation_type as ancestor_type,
        from_on,
        to_on
    from organisation
),

location_of_board as (
    select
        location_id as organisation_id,
        board_id as ancestor_id,
        'bestuur' as ancestor_type,
        from_on,
        to_on
    from location
),

part_of_swv as (
    select
        organisation.organisation_id,
        swv.organisation_id as ancestor_id,
        'swv' as ancestor_type,
        organisation.from_on,
        organisation.to_on
    from organisation
    cross join swv
    where organisation.organisation_type <> 'swv'
)

select * from itself
union all
select * from location_of_board
union all
select * from part_of_swv
