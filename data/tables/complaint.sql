-- One row per complaint, objection, dispute or appeal. One that stands in several deliveries is taken
-- from the one that reaches furthest.
with ranked as (
    select
        stg_klachten.*,
        row_number() over (
            partition by stg_klachten.complaint_id
            order by delivery.covers_to desc, delivery.seq desc, stg_klachten.row_id
        ) as recency
    from stg_klachten
    inner join delivery
        on stg_klachten.delivery_id = delivery.delivery_id
)

select
    complaint_id,
    received_on,
    route,
    kind,
    outcome,
    closed_on,
    row_id,
    delivery_id
from ranked
where recency = 1
