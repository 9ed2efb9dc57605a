-- One row per enrolment in the vso: pupil, location and first day. An enrolment that stands in
-- several deliveries is taken from the one that reaches furthest.
with ranked as (
    select
        stg_vso.*,
        row_number() over (
            partition by
                stg_vso.pupil_id,
                stg_vso.location_id,
                stg_vso.start_on
            order by delivery.covers_to desc, delivery.seq desc, stg_vso.row_id
        ) as recency
    from stg_vso
    inner join delivery
        on stg_vso.delivery_id = delivery.delivery_id
)

select
    pupil_id,
    location_id,
    start_on,
    end_on,
    cluster,
    category,
    came_from,
    went_to,
    tab,
    row_id,
    delivery_id
from ranked
where recency = 1
