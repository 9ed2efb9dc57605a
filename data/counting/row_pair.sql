-- Two rows per pair of rows that tell of one person at once while only one can be true (row_time):
-- each of them as here, with the other. asked: what must be said of them. at_once: they are in two
-- kinds that exclude each other; two_rows: in one kind, on one list or on two lists up to the same
-- day. A row without an end is known to last up to the last day of its list.
with

told as (
    select
        row_time.*,
        delivery_part.covers_to,
        coalesce(
            row_time.until,
            greatest(row_time.from_on, delivery_part.covers_to) + interval '1 day'
        ) as known_until
    from row_time
    inner join delivery_part
        on row_time.delivery_id = delivery_part.delivery_id
        and row_time.slot = delivery_part.slot
)

select
    here.source,
    case when here.kind = there.kind then 'two_rows' else 'at_once' end as asked,
    here.who,
    here.thing,
    here.row_id,
    here.delivery_id,
    there.thing as other_thing,
    there.row_id as other_row_id,
    there.delivery_id as other_delivery_id
from told as here
inner join told as there
    on here.source = there.source
    and here.slot = there.slot
    and here.who = there.who
    and here.thing <> there.thing
    and here.from_on < there.known_until
    and there.from_on < here.known_until
where (here.kind <> there.kind and here.excludes and there.excludes)
    or (
        here.kind = there.kind
        and here.apart <> there.apart
        and here.covers_to is not distinct from there.covers_to
    )
