-- One row per complaint, objection, dispute or appeal, by the last list that holds it.
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
inner join last_row using (row_id)
