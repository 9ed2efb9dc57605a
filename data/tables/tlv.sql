-- One row per decision on a TLV. A decision that stands in several deliveries is taken from the one
-- that reaches furthest.
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
from stg_tlv
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by tlv_number
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
