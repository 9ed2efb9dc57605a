-- One row per location, count date, provision and cluster: places, how many are taken, who waits.
select
    location_id,
    count_on,
    provision,
    cluster,
    places,
    occupied,
    waiting,
    row_id,
    delivery_id
from stg_plaatsen
inner join last_row using (row_id)
