-- Two rows per pair of things of one person at once (row_pair) of which was said which one counts, each
-- as here: by the first list with which that was said, because a later one does not change the past.
select
    row_pair.source,
    row_pair.asked,
    row_pair.thing,
    row_pair.other_thing,
    case row_pair.asked when 'at_once' then said.at_once else said.two_rows end as answer,
    said.delivery_id as answered_in
from row_pair
inner join delivery as said
    on said.delivery_id in (row_pair.delivery_id, row_pair.other_delivery_id)
where answer <> ''
qualify row_number() over (
    partition by row_pair.source, row_pair.asked, row_pair.thing, row_pair.other_thing
    order by said.seq
) = 1
