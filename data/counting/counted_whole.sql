-- One row per source and slot: the delivery whose rows count when it speaks for the whole SWV.
with ranked as (
    select
        delivery.source,
        delivery_part.slot,
        delivery.delivery_id,
        row_number() over (
            partition by delivery.source, delivery_part.slot
            order by delivery_part.covers_to desc nulls first, delivery.seq desc
        ) as recency
    from delivery
    inner join delivery_part
        on delivery.delivery_id = delivery_part.delivery_id
    inner join source_rule
        on delivery.source = source_rule.source
    where source_rule.whole
)

select
    source,
    slot,
    delivery_id
from ranked
where recency = 1
