-- One row per source and slot: the delivery whose rows count when it speaks for the whole SWV.
select
    delivery.source,
    delivery_part.slot,
    delivery.delivery_id
from delivery
inner join delivery_part using (delivery_id)
inner join source_rule using (source)
where source_rule.whole
qualify row_number() over (
    partition by delivery.source, delivery_part.slot
    order by delivery_part.covers_to desc nulls first, delivery.seq desc
) = 1
