-- One row per location, quarter and kind: numbers of boards that deliver no list of spells.
select
    location_id,
    period_id,
    kind,
    stock,
    new,
    ended,
    over_3_months,
    over_3_months_no_offer,
    row_id,
    delivery_id
from stg_verzuim_aantallen
