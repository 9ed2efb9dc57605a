-- One row per decision on a TLV, by the last list that holds it.
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
inner join last_row using (row_id)
