-- One row per thing that lists tell of (a spell, a TLV, a case): the last row about it, and when it
-- left the lists. What a list said about its own time stays, whatever a later list leaves out.
-- gone_on: the thing was still open, and a later list that speaks for its location, or for what that
-- went up in (goes_on), does not hold it. It is counted until the day before the first count date that
-- list speaks of (gone_as niet_te_volgen, or gestopt when whoever handed in the list said so); a list
-- of the next school year ends it with the old one (volgend_jaar). Somebody may also have said that
-- the row should be on the list (vergeten: it goes on) or never should have been (fout: it is left
-- out, with all earlier rows about it). told_from: the first day of the first list that held it.
with list as (
    select
        counted.source,
        counted.slot,
        counted.location_id,
        counted.delivery_id
    from counted
    inner join source_rule using (source)
    where source_rule.followed

    union all

    select
        counted_whole.source,
        counted_whole.slot,
        '' as location_id,
        counted_whole.delivery_id
    from counted_whole
    inner join source_rule using (source)
    where source_rule.followed
),

dated as (
    select
        list.*,
        delivery.seq,
        delivery.adds,
        delivery_part.covers_from,
        delivery_part.covers_to
    from list
    inner join delivery
        on list.delivery_id = delivery.delivery_id
    inner join delivery_part
        on list.delivery_id = delivery_part.delivery_id
        and list.slot = delivery_part.slot
),

answered as (
    select
        row_thing.source,
        row_thing.thing,
        delivery_missing.answer,
        delivery.delivery_id,
        delivery.seq,
        delivery.covers_to
    from delivery_missing
    inner join row_thing
        on delivery_missing.row_id = row_thing.row_id
    inner join delivery
        on delivery_missing.delivery_id = delivery.delivery_id
),

latest as (
    select
        row_thing.source,
        row_thing.thing,
        row_thing.row_id,
        row_thing.is_open,
        dated.slot,
        dated.location_id,
        dated.covers_to,
        min(dated.covers_from) over (
            partition by row_thing.source, row_thing.thing
        ) as told_from
    from row_thing
    inner join dated
        on row_thing.source = dated.source
        and row_thing.slot = dated.slot
        and row_thing.delivery_id = dated.delivery_id
        and row_thing.location_id = dated.location_id
    left join answered as wrong
        on row_thing.source = wrong.source
        and row_thing.thing = wrong.thing
        and wrong.answer = 'fout'
        and dated.seq < wrong.seq
    where wrong.thing is null
    qualify row_number() over (
        partition by row_thing.source, row_thing.thing
        order by dated.covers_to desc nulls first, dated.seq desc, row_thing.row_id
    ) = 1
),

-- up to which day it is known to be open: its own list, or a list that forgot it
known as (
    select
        latest.source,
        latest.thing,
        latest.row_id,
        latest.slot,
        latest.location_id,
        greatest(latest.covers_to, coalesce(max(answered.covers_to), latest.covers_to)) as known_to
    from latest
    left join answered
        on latest.source = answered.source
        and latest.thing = answered.thing
        and answered.answer = 'vergeten'
    where latest.is_open
        and latest.covers_to is not null
    group by
        latest.source,
        latest.thing,
        latest.row_id,
        latest.slot,
        latest.location_id,
        latest.covers_to
),

-- who tells on: its location, and since that closed the one it went up in
place as (
    select distinct
        location_id,
        location_id as place_id,
        cast(null as date) as from_on
    from known
    union all
    select
        location_id,
        place_id,
        from_on
    from goes_on
    where hops > 0
),

-- the days on which things can have been last seen are few
next_list as (
    select
        seen.source,
        seen.slot,
        seen.location_id,
        seen.known_to,
        dated.delivery_id,
        case
            when dated.slot = seen.slot then (
                select min(period.end_on)
                from period
                where period.period_type = 'kwartaal'
                    and period.end_on > seen.known_to
                    and period.end_on >= coalesce(place.from_on, period.end_on)
            )
            else cast(dated.covers_from - interval '1 day' as date)
        end as gone_on,
        case when dated.slot = seen.slot then 'niet_te_volgen' else 'volgend_jaar' end as gone_as
    from (
        select distinct
            source,
            slot,
            location_id,
            known_to
        from known
    ) as seen
    inner join place
        on seen.location_id = place.location_id
    inner join dated
        on seen.source = dated.source
        and place.place_id = dated.location_id
        and seen.known_to < dated.covers_to
        and coalesce(place.from_on <= dated.covers_to, true)
        and (
            seen.slot = dated.slot
            or (place.from_on is null and seen.known_to < dated.covers_from)
        )
        and not dated.adds
    qualify row_number() over (
        partition by seen.source, seen.slot, seen.location_id, seen.known_to
        order by gone_on, dated.covers_to, dated.seq
    ) = 1
)

select
    latest.source,
    latest.thing,
    latest.row_id,
    latest.told_from,
    next_list.gone_on,
    case
        when answered.answer = 'gestopt' and next_list.gone_as = 'niet_te_volgen' then 'gestopt'
        else next_list.gone_as
    end as gone_as
from latest
left join known
    on latest.row_id = known.row_id
left join next_list
    on known.source = next_list.source
    and known.slot = next_list.slot
    and known.location_id = next_list.location_id
    and known.known_to = next_list.known_to
left join answered
    on latest.source = answered.source
    and latest.thing = answered.thing
    and next_list.delivery_id = answered.delivery_id
    and answered.answer = 'gestopt'
