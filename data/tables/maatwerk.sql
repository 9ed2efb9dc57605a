-- One row per referral to maatwerk: pupil, school that refers, provision and day of referral. A
-- referral that stands in several deliveries is taken from the one that reaches furthest.
with ranked as (
    select
        stg_maatwerk.*,
        row_number() over (
            partition by
                stg_maatwerk.pupil_id,
                stg_maatwerk.location_id,
                stg_maatwerk.provision,
                stg_maatwerk.referred_on
            order by delivery.covers_to desc, delivery.seq desc, stg_maatwerk.row_id
        ) as recency
    from stg_maatwerk
    inner join delivery
        on stg_maatwerk.delivery_id = delivery.delivery_id
)

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
from ranked
where recency = 1
