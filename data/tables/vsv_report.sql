-- One row per location, school year and status (voorlopig, definitief): new early leavers as reported.
-- Final figures win over provisional ones in table vsv; here both stay.
select
    location_id as organisation_id,
    school_year,
    status,
    leavers,
    pupils,
    mbo_without_diploma,
    row_id,
    delivery_id
from apart_vsv
