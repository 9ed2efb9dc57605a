-- Pupils at a vso location on the last day of a quarter: the enrolments beside the places that the
-- school says are taken. Only where both were delivered.
with taken as (
    select
        places.location_id,
        period.period_id,
        period.end_on,
        cast(sum(places.occupied) as bigint) as occupied
    from places
    inner join period
        on period.period_type = 'kwartaal'
        and places.count_on = period.end_on
    inner join delivered
        on delivered.topic = 'vso'
        and places.location_id = delivered.organisation_id
        and period.period_id = delivered.period_id
    where places.provision = 'vso'
    group by
        places.location_id,
        period.period_id,
        period.end_on,
        delivered.delivery_id
)

select
    taken.location_id as organisation_id,
    taken.period_id,
    '' as part,
    count(vso_enrolment.pupil_id) as first,
    taken.occupied as second
from taken
left join vso_enrolment
    on taken.location_id = vso_enrolment.location_id
    and vso_enrolment.start_on <= taken.end_on
    and coalesce(vso_enrolment.end_on > taken.end_on, true)
group by
    taken.location_id,
    taken.period_id,
    taken.occupied
