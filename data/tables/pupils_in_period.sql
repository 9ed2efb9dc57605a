-- One row per period, location and kind of school: the pupils of the school year the period belongs
-- to, by the count nearest to 1 October of that year. pupils is the least there can be: 0 where only
-- <5 is known; pupils_more is how many there can be on top of that.
with distances as (
    select
        period.period_id,
        pupils.location_id,
        pupils.school_type,
        pupils.count_on,
        coalesce(pupils.pupils, 0) as pupils,
        pupils.pupils_more,
        pupils.provisional,
        pupils.row_id,
        pupils.delivery_id,
        abs(
            date_diff(
                'day',
                cast(substr(period.school_year, 1, 4) || '-10-01' as date),
                pupils.count_on
            )
        ) as days_from_october
    from period
    inner join pupils
        on period.school_year = pupils.school_year
),

ranked as (
    select
        distances.*,
        rank() over (
            partition by period_id, location_id
            order by days_from_october, count_on
        ) as nearness
    from distances
)

select
    period_id,
    location_id,
    school_type,
    pupils,
    pupils_more,
    provisional,
    row_id,
    delivery_id
from ranked
where nearness = 1
