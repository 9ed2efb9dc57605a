-- One row per case of the ECT. A case that stands in several deliveries is taken from the one that
-- reaches furthest.
select
    case_id,
    location_id,
    opened_on,
    closed_on,
    kind,
    theme,
    hours,
    row_id,
    delivery_id
from stg_ect
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by case_id
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
