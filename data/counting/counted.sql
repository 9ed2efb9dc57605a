-- One row per source, slot and location: the delivery whose rows count. The one that reaches
-- furthest wins; of those the newest line in the ledger.
select
    source,
    slot,
    location_id,
    delivery_id
from claim
qualify row_number() over (
    partition by source, slot, location_id
    order by covers_to desc nulls first, seq desc
) = 1
