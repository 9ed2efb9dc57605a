-- One row per form that was sent. mark is null when it did not come back. A form that stands in
-- several deliveries is taken from the one that reaches furthest.
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
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by form_id
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
