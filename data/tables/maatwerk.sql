-- One row per referral to maatwerk: pupil, school that refers, provision and day of referral. One
-- that left the lists without an end (lost) ended the day it could no longer be followed, see last_row.
select
    pupil_id,
    location_id,
    provision,
    referred_on,
    start_on,
    coalesce(end_on, gone_on) as end_on,
    coalesce(gone_as = 'niet_te_volgen', false) as lost,
    outcome,
    row_id,
    delivery_id
from stg_maatwerk
inner join last_row using (row_id)
