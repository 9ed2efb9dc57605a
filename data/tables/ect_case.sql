-- One row per case of the ECT. A case that stands in several deliveries is taken from the one that
-- reaches furthest.
with ranked as (
    select
        stg_ect.*,
        row_number() over (
            partition by stg_ect.case_id
            order by delivery.covers_to desc, delivery.seq desc, stg_ect.row_id
        ) as recency
    from stg_ect
    inner join delivery
        on stg_ect.delivery_id = delivery.delivery_id
)

select
    case_id,
    location_id,
    opened_on,
    closed_on,
    kind,
    theme,
    hours,
    row_id,
    delivery_id
from ranked
where recency = 1
