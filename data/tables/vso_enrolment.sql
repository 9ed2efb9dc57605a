-- One row per enrolment in the vso: pupil, location and first day. One that left the lists
-- without an end (lost) ended the day it could no longer be followed, see last_row. Of two at once
-- each counts in its own time, which may be in pieces, see two_rows: in between the
-- pupil is at the other school.
select
    pupil_id,
    location_id,
    coalesce(two_rows.from_on, start_on) as start_on,
    case when coalesce(is_last, true) then coalesce(end_on, gone_on) else two_rows.until end
        as end_on,
    coalesce(gone_as = 'niet_te_volgen' and coalesce(is_last, true), false) as lost,
    cluster,
    category,
    case when two_rows.from_on > start_on then 'vso_elders' else came_from end as came_from,
    case when coalesce(is_last, true) then went_to end as went_to,
    case when coalesce(is_last, true) then tab end as tab,
    stg_vso.row_id,
    delivery_id
from stg_vso
inner join last_row using (row_id)
left join two_rows on stg_vso.row_id = two_rows.row_id
where two_rows.row_id is null
    or two_rows.from_on is not null
