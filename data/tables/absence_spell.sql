-- One row per spell of absence: pupil, location, kind and first day. A spell that stands in several
-- deliveries is taken from the one that reaches furthest: only that one can know how it ended. Lists
-- mostly start on 1 August, so a spell that ended in July is open in the last list it stands in. Who
-- is not on the next list of his location was back when that list began: his spell ended on the day
-- before, so it belongs to the old year and not to the new one.
with spell as (
    select
        stg_verzuim.*,
        delivery.covers_to
    from stg_verzuim
    inner join delivery
        on stg_verzuim.delivery_id = delivery.delivery_id
    qualify row_number() over (
        partition by pupil_id, location_id, kind, start_on
        order by delivery.covers_to desc, delivery.seq desc, row_id
    ) = 1
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
        spell.row_id,
        cast(min(list_of_location.covers_from) - interval '1 day' as date) as gone_on
    from spell
    inner join list_of_location
        on spell.location_id = list_of_location.location_id
        and spell.covers_to < list_of_location.covers_from
    where spell.end_on is null
    group by
        spell.row_id
)

select
    spell.pupil_id,
    spell.location_id,
    spell.kind,
    spell.sub_kind,
    case spell.permitted when 'ja' then true when 'nee' then false end as permitted,
    spell.start_on,
    coalesce(spell.end_on, not_on_next_list.gone_on) as end_on,
    spell.offer,
    spell.offer_on,
    spell.end_reason,
    spell.birth_date_compulsory_until as compulsory_until,
    spell.birth_date_qualification_until as qualification_until,
    organisation.school_type,
    spell.row_id,
    spell.delivery_id
from spell
left join organisation
    on spell.location_id = organisation.organisation_id
left join not_on_next_list
    on spell.row_id = not_on_next_list.row_id
