-- One row per location and delivery: pupils who stayed down, moved to a lower or to a higher level.
-- school_year is null when the file was delivered without one.
with national as (
    select
        stg_duo_zittenblijven.brin || stg_duo_zittenblijven.branch as location_id,
        delivery.period_id as school_year,
        stg_duo_zittenblijven.pupils,
        stg_duo_zittenblijven.repeaters,
        stg_duo_zittenblijven.downstreamers,
        stg_duo_zittenblijven.upstreamers,
        stg_duo_zittenblijven.row_id,
        stg_duo_zittenblijven.delivery_id
    from stg_duo_zittenblijven
    inner join delivery
        on stg_duo_zittenblijven.delivery_id = delivery.delivery_id
)

select
    national.location_id,
    national.school_year,
    national.pupils,
    national.repeaters,
    national.downstreamers,
    national.upstreamers,
    national.row_id,
    national.delivery_id
from national
inner join organisation
    on national.location_id = organisation.organisation_id
