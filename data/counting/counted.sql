-- One row per source, slot, location and delivery whose rows count. Of two deliveries up to the same
-- day the newest line in the ledger replaces the other, unless it only adds to it. A list that reaches
-- less far still says what it said: its rows count as well, see last_row. Of numbers, of which a row
-- stands for nobody in particular, only the delivery that reaches furthest counts.
with replacing as (
    select
        claim.*,
        source_rule.followed
    from claim
    inner join source_rule using (source)
    where not claim.adds
    qualify row_number() over (
        partition by claim.source, claim.slot, claim.location_id, claim.covers_to
        order by claim.seq desc
    ) = 1
),

standing as (
    select * from replacing
    qualify followed
        or row_number() over (
            partition by source, slot, location_id
            order by covers_to desc nulls first, seq desc
        ) = 1
)

select
    source,
    slot,
    location_id,
    delivery_id
from standing

union all

select
    claim.source,
    claim.slot,
    claim.location_id,
    claim.delivery_id
from claim
left join standing
    on claim.source = standing.source
    and claim.slot = standing.slot
    and claim.location_id = standing.location_id
    and claim.covers_to is not distinct from standing.covers_to
where claim.adds
    and coalesce(claim.seq > standing.seq, true)
