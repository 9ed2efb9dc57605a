-- grain: measure × (location × provision × cluster) × period, at the last count in the period
with

counted as (
    select
        places.location_id,
        period_day.period_id,
        coalesce(places.provision, 'onbekend') as provision,
        coalesce(places.cluster, 'onbekend') as cluster,
        places.count_on,
        places.waiting,
        places.places,
        places.occupied,
        places.row_id
    from places
    inner join period_day on places.count_on = period_day.day
    where period_day.period_type in ('kwartaal', 'schooljaar')
),

last_count as (
    select
        location_id,
        period_id,
        provision,
        cluster,
        max(count_on) as count_on
    from counted
    group by
        location_id,
        period_id,
        provision,
        cluster
),

latest as (
    select counted.*
    from counted
    inner join last_count
        on last_count.location_id = counted.location_id
        and last_count.period_id = counted.period_id
        and last_count.provision = counted.provision
        and last_count.cluster = counted.cluster
        and last_count.count_on = counted.count_on
),

figure as (
    select 'waiting' as measure, waiting as number, latest.*
    from latest
    union all
    select 'places' as measure, places as number, latest.*
    from latest
    union all
    select 'occupied' as measure, occupied as number, latest.*
    from latest
)

select
    measure,
    location_id as organisation_id,
    period_id,
    provision,
    cluster,
    number as numerator,
    0 as denominator,
    row_id
from figure
where number is not null
