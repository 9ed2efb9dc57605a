-- One row per delivery, slot and location it speaks for: the locations in its rows; for scope boards
-- also every location those boards have on the last day covered; for scope swv every location. The
-- location '' stands for rows without one, and for the SWV as a whole.
with
-- on the last day that is covered
of_board as (
    select
        part.delivery_id,
        part.slot,
        location.location_id,
        location.board_id
    from delivery
    inner join delivery_part as part
        on delivery.delivery_id = part.delivery_id
        and delivery.scope = 'boards'
    inner join location
        on coalesce(location.from_on <= part.covers_to, true)
        and coalesce(location.to_on >= part.covers_to, true)
),

spoken as (
    select delivery_id, slot, location_id from row_location
    union
    select of_board.delivery_id, of_board.slot, sister.location_id
    from row_location
    inner join of_board
        using (delivery_id, slot, location_id)
    inner join of_board as sister
        using (delivery_id, slot, board_id)
    union
    select part.delivery_id, part.slot, anywhere.location_id
    from delivery
    inner join delivery_part as part
        on delivery.delivery_id = part.delivery_id
        and delivery.scope = 'swv'
    cross join (
        select location_id from location
        union
        select location_id from row_location
        union
        select '' as location_id
    ) as anywhere
)

select
    delivery.delivery_id,
    delivery.seq,
    delivery.source,
    part.slot,
    part.covers_to,
    spoken.location_id
from delivery
inner join delivery_part as part
    using (delivery_id)
inner join spoken
    on part.delivery_id = spoken.delivery_id
    and part.slot = spoken.slot
