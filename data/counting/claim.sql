-- One row per delivery, slot and location it speaks for: the locations in its rows and those it names;
-- for scope boards, or a board it names, also every location of that board on the last day covered;
-- for scope swv every location. The location '' stands for rows without one, and for the SWV as a
-- whole.
with
-- on the last day that is covered
of_board as (
    select
        part.delivery_id,
        part.slot,
        location.location_id,
        location.board_id
    from delivery_part as part
    inner join location
        on coalesce(location.from_on <= part.covers_to, true)
        and coalesce(location.to_on >= part.covers_to, true)
),

-- what whoever handed it in said it speaks for as well, though it has no row
named as (
    select
        part.delivery_id,
        part.slot,
        delivery_speaks_for.organisation_id
    from delivery_speaks_for
    inner join delivery_part as part
        on delivery_speaks_for.delivery_id = part.delivery_id
),

spoken as (
    select
        delivery_id,
        slot,
        location_id
    from row_location
    union
    select
        named.delivery_id,
        named.slot,
        location.location_id
    from named
    inner join location
        on named.organisation_id = location.location_id
    union
    select
        named.delivery_id,
        named.slot,
        of_board.location_id
    from named
    inner join of_board
        on named.delivery_id = of_board.delivery_id
        and named.slot = of_board.slot
        and named.organisation_id = of_board.board_id
    union
    select
        of_board.delivery_id,
        of_board.slot,
        sister.location_id
    from row_location
    inner join of_board
        using (delivery_id, slot, location_id)
    inner join of_board as sister
        using (delivery_id, slot, board_id)
    inner join delivery
        on of_board.delivery_id = delivery.delivery_id
    where delivery.scope = 'boards'
    union
    select
        part.delivery_id,
        part.slot,
        anywhere.location_id
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
    delivery.adds,
    part.slot,
    part.covers_from,
    part.covers_to,
    spoken.location_id
from delivery
inner join delivery_part as part
    using (delivery_id)
inner join spoken
    on part.delivery_id = spoken.delivery_id
    and part.slot = spoken.slot
