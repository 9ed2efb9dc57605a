-- One row per case of the ECT. One that left the lists while it was open (lost) closed the day it
-- could no longer be followed, see last_row.
select
    case_id,
    location_id,
    opened_on,
    coalesce(closed_on, gone_on) as closed_on,
    coalesce(gone_as = 'niet_te_volgen', false) as lost,
    kind,
    theme,
    hours,
    row_id,
    delivery_id
from stg_ect
inner join last_row using (row_id)
