-- grain: measure × what is counted (OPP, pupils of a location) × period
with

running as (
    select
        stands_at.place_id as location_id,
        period.period_id,
        period.count_on as day,
        opp.pupil_consent,
        opp.parent_consent,
        opp.row_id
    from opp
    inner join stands_at
        on stands_at.location_id is not distinct from opp.location_id
        and stands_at.start_on = opp.start_on
        and stands_at.end_on is not distinct from opp.end_on
    inner join period
        on stands_at.counts_from <= period.count_on
        and (stands_at.until is null or stands_at.until > period.count_on)
),

counted as (
    select
        'opps' as measure,
        location_id,
        period_id,
        1 as numerator,
        0 as denominator,
        0 as denominator_more,
        false as provisional,
        day,
        row_id
    from running
    union all
    select 'opp_per_100', location_id, period_id, 1, 0, 0, false, day, row_id
    from running
    union all
    select
        'opp_per_100',
        pupils.location_id,
        pupils.period_id,
        0,
        pupils.pupils,
        coalesce(pupils.pupils_more, 0),
        pupils.provisional,
        -- the pupils are those of the count date too
        period.count_on,
        pupils.row_id
    from pupils_in_period as pupils
    inner join period on period.period_id = pupils.period_id
    where pupils.pupils is not null
    union all
    select
        'pupil_consent_share',
        location_id,
        period_id,
        case when pupil_consent then 1 else 0 end,
        1,
        0,
        false,
        day,
        row_id
    from running
    union all
    select
        'parent_consent_share',
        location_id,
        period_id,
        case when parent_consent then 1 else 0 end,
        1,
        0,
        false,
        day,
        row_id
    from running
)

select
    counted.measure,
    counted.location_id as organisation_id,
    counted.period_id,
    -- one kind per location, for OPPs and pupils alike: then the division compares like with like
    coalesce(organisation.school_type, 'onbekend') as school_type,
    counted.numerator,
    counted.denominator,
    counted.denominator_more,
    counted.provisional,
    counted.day,
    counted.row_id
from counted
left join organisation on organisation.organisation_id = counted.location_id
