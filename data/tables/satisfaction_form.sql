-- One row per form that was sent. mark is null when it did not come back. By the last list
-- that holds it.
select
    form_id,
    sent_on,
    answered_on,
    respondent,
    mark,
    location_id,
    row_id,
    delivery_id
from stg_tevredenheid
inner join last_row using (row_id)
