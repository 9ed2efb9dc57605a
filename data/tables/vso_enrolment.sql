-- One row per enrolment in the vso: pupil, location and first day. An enrolment that stands in
-- several deliveries is taken from the one that reaches furthest.
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
from stg_vso
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by pupil_id, location_id, start_on
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
