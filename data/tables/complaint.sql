-- One row per complaint, objection, dispute or appeal. One that stands in several deliveries is taken
-- from the one that reaches furthest.
select
    complaint_id,
    received_on,
    route,
    kind,
    outcome,
    closed_on,
    row_id,
    delivery_id
from stg_klachten
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by complaint_id
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
