-- One row per OPP: pupil, location and first day. An OPP that stands in several deliveries is taken
-- from the one that reaches furthest.
with ranked as (
    select
        stg_opp.*,
        row_number() over (
            partition by
                stg_opp.pupil_id,
                stg_opp.location_id,
                stg_opp.start_on
            order by delivery.covers_to desc, delivery.seq desc, stg_opp.row_id
        ) as recency
    from stg_opp
    inner join delivery
        on stg_opp.delivery_id = delivery.delivery_id
)

select
    pupil_id,
    location_id,
    start_on,
    end_on,
    pupil_consent,
    parent_consent,
    row_id,
    delivery_id
from ranked
where recency = 1
