-- One row per referral to maatwerk: pupil, school that refers, provision and day of referral. A
-- referral that stands in several deliveries is taken from the one that reaches furthest.
select
    pupil_id,
    location_id,
    provision,
    referred_on,
    start_on,
    end_on,
    outcome,
    row_id,
    delivery_id
from stg_maatwerk
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by pupil_id, location_id, provision, referred_on
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
