-- One row per OPP: pupil, location and first day. One that left the lists without an end (lost)
-- ended the day it could no longer be followed, see last_row. Of two at once, at two locations, the
-- other one counts for its own time only, see two_rows.
select
    pupil_id,
    location_id,
    coalesce(starts_on, start_on) as start_on,
    coalesce(stops_on, end_on, gone_on) as end_on,
    coalesce(gone_as = 'niet_te_volgen' and stops_on is null, false) as lost,
    pupil_consent,
    parent_consent,
    row_id,
    delivery_id
from stg_opp
inner join last_row using (row_id)
left join two_rows using (row_id)
where coalesce(counts, true)
