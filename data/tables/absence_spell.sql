-- One row per spell of absence: pupil, location, kind and first day. A spell that stands in several
-- deliveries is taken from the one that reaches furthest: only that one can know how it ended. Lists
-- mostly start on 1 August, so a spell that ended in July is open in the last list it stands in. Who
-- is not on the next list of his location was back by the first day of that list.
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
),

list_of_location as (
    select
        counted.location_id,
        delivery.covers_from
    from counted
    inner join delivery
        on counted.delivery_id = delivery.delivery_id
    where counted.source = 'verzuim'
),

not_on_next_list as (
    select
        ranked.row_id,
        min(list_of_location.covers_from) as gone_on
    from ranked
    inner join delivery
        on ranked.delivery_id = delivery.delivery_id
    inner join list_of_location
        on ranked.location_id = list_of_location.location_id
        and delivery.covers_to < list_of_location.covers_from
    where ranked.recency = 1
        and ranked.end_on is null
    group by
        ranked.row_id
)

select
    ranked.pupil_id,
    ranked.location_id,
    ranked.kind,
    ranked.sub_kind,
    case ranked.permitted when 'ja' then true when 'nee' then false end as permitted,
    ranked.start_on,
    coalesce(ranked.end_on, not_on_next_list.gone_on) as end_on,
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
left join not_on_next_list
    on ranked.row_id = not_on_next_list.row_id
where ranked.recency = 1
