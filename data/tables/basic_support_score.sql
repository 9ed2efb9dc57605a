-- One row per location, school year and part of the basic support: a score from 1 to 4.
select
    location_id,
    school_year,
    part,
    score,
    row_id,
    delivery_id
from stg_basisondersteuning
