-- One row per enrolment in the vso: pupil, location and first day. One that left the lists
-- without an end (lost) ended the day it could no longer be followed, see last_row. Of two at once
-- the other one counts for its own time only, see two_rows.
select
    pupil_id,
    location_id,
    coalesce(starts_on, start_on) as start_on,
    coalesce(stops_on, end_on, gone_on) as end_on,
    coalesce(gone_as = 'niet_te_volgen' and stops_on is null, false) as lost,
    cluster,
    category,
    came_from,
    went_to,
    tab,
    row_id,
    delivery_id
from stg_vso
inner join last_row using (row_id)
left join two_rows using (row_id)
where coalesce(counts, true)
