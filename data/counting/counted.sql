-- One row per source, slot and location: the delivery whose rows count. The one that reaches
-- furthest wins; of those the newest line in the ledger.
with ranked as (
    select
        source,
        slot,
        location_id,
        delivery_id,
        row_number() over (
            partition by source, slot, location_id
            order by covers_to desc nulls first, seq desc
        ) as recency
    from claim
)

select
    source,
    slot,
    location_id,
    delivery_id
from ranked
where recency = 1
