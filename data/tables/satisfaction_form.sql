-- One row per form that was sent. mark is null when it did not come back. A form that stands in
-- several deliveries is taken from the one that reaches furthest.
with ranked as (
    select
        stg_tevredenheid.*,
        row_number() over (
            partition by stg_tevredenheid.form_id
            order by delivery.covers_to desc, delivery.seq desc, stg_tevredenheid.row_id
        ) as recency
    from stg_tevredenheid
    inner join delivery
        on stg_tevredenheid.delivery_id = delivery.delivery_id
)

select
    form_id,
    sent_on,
    answered_on,
    respondent,
    mark,
    location_id,
    row_id,
    delivery_id
from ranked
where recency = 1
