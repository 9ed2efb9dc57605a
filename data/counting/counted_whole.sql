-- One row per source, slot and delivery whose rows count, for sources that always speak for the whole
-- SWV; by the rules of counted.
with part as (
    select
        delivery.delivery_id,
        delivery.seq,
        delivery.source,
        delivery.adds,
        delivery_part.slot,
        delivery_part.covers_to,
        source_rule.followed
    from delivery
    inner join delivery_part using (delivery_id)
    inner join source_rule using (source)
    where source_rule.whole
),

replacing as (
    select * from part
    where not adds
    qualify row_number() over (
        partition by source, slot, covers_to
        order by seq desc
    ) = 1
),

standing as (
    select * from replacing
    qualify followed
        or row_number() over (
            partition by source, slot
            order by covers_to desc nulls first, seq desc
        ) = 1
)

select
    source,
    slot,
    delivery_id
from standing

union all

select
    part.source,
    part.slot,
    part.delivery_id
from part
left join standing
    on part.source = standing.source
    and part.slot = standing.slot
    and part.covers_to is not distinct from standing.covers_to
where part.adds
    and coalesce(part.seq > standing.seq, true)
