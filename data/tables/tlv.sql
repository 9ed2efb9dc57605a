-- One row per decision on a TLV. A decision that stands in several deliveries is taken from the one
-- that reaches furthest.
with ranked as (
    select
        stg_tlv.*,
        row_number() over (
            partition by stg_tlv.tlv_number
            order by delivery.covers_to desc, delivery.seq desc, stg_tlv.row_id
        ) as recency
    from stg_tlv
    inner join delivery
        on stg_tlv.delivery_id = delivery.delivery_id
)

select
    tlv_number,
    pupil_id,
    location_id,
    kind,
    requested_on,
    decided_on,
    result,
    request = 'eerste' as first,
    category,
    cluster,
    origin,
    valid_from,
    valid_to,
    row_id,
    delivery_id
from ranked
where recency = 1
