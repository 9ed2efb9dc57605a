-- One row per row of a person in two kinds at once of which was said that its kind is the one that
-- counts, with the row of the other kind (see answered_pair).
select
    row_time.row_id,
    other_time.row_id as other_row_id
from answered_pair
inner join row_time
    on answered_pair.source = row_time.source
    and answered_pair.thing = row_time.thing
    and answered_pair.answer = row_time.kind
inner join last_row
    on row_time.row_id = last_row.row_id
inner join row_time as other_time
    on answered_pair.source = other_time.source
    and answered_pair.other_thing = other_time.thing
inner join last_row as other_row
    on other_time.row_id = other_row.row_id
where answered_pair.asked = 'at_once'
