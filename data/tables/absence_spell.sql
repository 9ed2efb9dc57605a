-- One row per spell of absence: pupil, location, kind and first day. A spell that stands in several
-- deliveries is taken from the one that reaches furthest: only that one can know how it ended.
with ranked as (
    select
        stg_verzuim.*,
        row_number() over (
            partition by
                stg_verzuim.pupil_id,
                stg_verzuim.location_id,
                stg_verzuim.kind,
                stg_verzuim.start_on
            order by delivery.covers_to desc, delivery.seq desc, stg_verzuim.row_id
        ) as recency
    from stg_verzuim
    inner join delivery
        on stg_verzuim.delivery_id = delivery.delivery_id
)

select
    ranked.pupil_id,
    ranked.location_id,
    ranked.kind,
    ranked.sub_kind,
    case ranked.permitted when 'ja' then true when 'nee' then false end as permitted,
    ranked.start_on,
    ranked.end_on,
    ranked.offer,
    ranked.offer_on,
    ranked.end_reason,
    ranked.birth_date_compulsory_until as compulsory_until,
    ranked.birth_date_qualification_until as qualification_until,
    organisation.school_type,
    ranked.row_id,
    ranked.delivery_id
from ranked
left join organisation
    on ranked.location_id = organisation.organisation_id
where ranked.recency = 1
