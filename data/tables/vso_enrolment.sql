-- One row per enrolment in the vso: pupil, location and first day. One that left the lists
-- without an end (lost) ended the day it could no longer be followed, see last_row.
select
    pupil_id,
    location_id,
    start_on,
    coalesce(end_on, gone_on) as end_on,
    coalesce(gone_as = 'niet_te_volgen', false) as lost,
    cluster,
    category,
    came_from,
    went_to,
    tab,
    row_id,
    delivery_id
from stg_vso
inner join last_row using (row_id)
