-- One row per organisation: the SWV, its boards, its locations. from_on and to_on are the first and
-- the last day; null is open. Name and kind are those of the latest membership.
with memberships as (
    select
        location_id,
        name,
        board_id,
        board_name,
        school_type,
        from_on,
        to_on,
        merged_into,
        row_number() over (
            partition by location_id
            order by coalesce(to_on, date '9999-12-31') desc, from_on desc, board_id
        ) as location_recency,
        row_number() over (
            partition by board_id
            order by coalesce(to_on, date '9999-12-31') desc, from_on desc, location_id
        ) as board_recency
    from location
),

locations as (
    select
        location_id as organisation_id,
        'locatie' as organisation_type,
        max(case when location_recency = 1 then name end) as name,
        max(case when location_recency = 1 then school_type end) as school_type,
        case when count(from_on) = count(*) then min(from_on) end as from_on,
        case when count(to_on) = count(*) then max(to_on) end as to_on,
        max(case when location_recency = 1 then merged_into end) as merged_into
    from memberships
    group by
        location_id
),

boards as (
    select
        board_id as organisation_id,
        'bestuur' as organisation_type,
        max(case when board_recency = 1 then board_name end) as name,
        cast(null as varchar) as school_type,
        case when count(from_on) = count(*) then min(from_on) end as from_on,
        case when count(to_on) = count(*) then max(to_on) end as to_on,
        cast(null as varchar) as merged_into
    from memberships
    group by
        board_id
),

the_swv as (
    select
        organisation_id,
        'swv' as organisation_type,
        name,
        cast(null as varchar) as school_type,
        cast(null as date) as from_on,
        cast(null as date) as to_on,
        cast(null as varchar) as merged_into
    from swv
)

select * from the_swv
union all
select * from boards
union all
select * from locations
