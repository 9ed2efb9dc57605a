-- One row per delivery, slot and location it speaks for: the locations in its rows; for scope boards
-- also every location those boards have on the last day covered; for scope swv every location. The
-- location '' stands for rows without one, and for the SWV as a whole.
with part as (
    select
        delivery.delivery_id,
        delivery.seq,
        delivery.source,
        delivery.scope,
        delivery_part.slot,
        delivery_part.covers_to
    from delivery
    inner join delivery_part
        on delivery.delivery_id = delivery_part.delivery_id
),

in_rows as (
    select
        part.delivery_id,
        part.seq,
        part.source,
        part.scope,
        part.slot,
        part.covers_to,
        row_location.location_id
    from part
    inner join row_location
        on part.delivery_id = row_location.delivery_id
        and part.slot = row_location.slot
),

-- on the last day that is covered
membership as (
    select
        part.delivery_id,
        part.slot,
        location.location_id,
        location.board_id
    from part
    inner join location
        on coalesce(location.from_on <= part.covers_to, true)
        and coalesce(location.to_on >= part.covers_to, true)
    where part.scope = 'boards'
),

of_boards as (
    select
        in_rows.delivery_id,
        in_rows.seq,
        in_rows.source,
        in_rows.slot,
        in_rows.covers_to,
        sister.location_id
    from in_rows
    inner join membership
        on in_rows.delivery_id = membership.delivery_id
        and in_rows.slot = membership.slot
        and in_rows.location_id = membership.location_id
    inner join membership as sister
        on membership.delivery_id = sister.delivery_id
        and membership.slot = sister.slot
        and membership.board_id = sister.board_id
),

anywhere as (
    select location_id from location
    union
    select location_id from row_location
    union
    select '' as location_id
),

of_swv as (
    select
        part.delivery_id,
        part.seq,
        part.source,
        part.slot,
        part.covers_to,
        anywhere.location_id
    from part
    cross join anywhere
    where part.scope = 'swv'
)

select delivery_id, seq, source, slot, covers_to, location_id from in_rows
union
select delivery_id, seq, source, slot, covers_to, location_id from of_boards
union
select delivery_id, seq, source, slot, covers_to, location_id from of_swv
