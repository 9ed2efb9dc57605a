-- One row per spell of absence and place where it is counted: from counts_from up to, not including,
-- until (9999-12-31: still). A location that closed goes on at its successor (goes_on), as a later list
-- of the successor says when the pupil is on it; spells of one kind that overlap or touch are one stay,
-- of which start_on is the first day, so who changes school keeps the months he was at home. at_home:
-- he is a thuiszitter (AV, and LRV from day 29 of the stay); the days of LRV before that, and other
-- kinds of absence, are rows of their own. home_since is the first day he was at home in any of the
-- two kinds without a gap. Of two places at once the greatest precedence is the one where a level
-- counts him, and rank says which of two kinds does: what whoever handed in a list chose, else the
-- one that began last (see absence_kind).
with

spell as (
    select
        absence_spell.* replace (coalesce(absence_spell.kind, 'onbekend') as kind),
        row_number() over (order by row_id, pupil_id, location_id, kind, start_on) as spell_no,
        coalesce(absence_spell.kind in ('av', 'lrv'), false) as of_two,
        -- who has no key is nobody else
        coalesce(absence_spell.pupil_id, absence_spell.row_id) as person_id,
        coalesce(absence_spell.end_on, date '9999-12-31') as until,
        coalesce(absence_spell.location_id, '') as code,
        coalesce(absence_spell.told_from, delivery.covers_from) as listed_from,
        delivery.covers_to as listed_to
    from absence_spell
    left join delivery
        on absence_spell.delivery_id = delivery.delivery_id
),

-- what was chosen where two kinds overlap
chosen as (
    select distinct here.spell_no
    from chosen_kind
    inner join spell as here
        on chosen_kind.row_id = here.row_id
    inner join spell as there
        on chosen_kind.other_row_id = there.row_id
        and here.start_on < there.until
        and there.start_on < here.until
),

list as (
    select distinct
        counted.location_id,
        delivery.covers_from
    from counted
    inner join delivery
        on counted.delivery_id = delivery.delivery_id
    where counted.source = 'verzuim'
),

-- who was open in his last list, and is not on the first later one of the place he would be at
gone as (
    select
        spell.spell_no,
        place.place_id,
        cast(min(list.covers_from) - interval '1 day' as date) as gone_on
    from spell
    inner join goes_on as place
        on spell.code = place.location_id
        and place.hops > 0
    inner join list
        on place.place_id = list.location_id
        and spell.listed_to < list.covers_from
    where spell.end_on is null
    group by
        spell.spell_no,
        place.place_id
),

-- who is on a later list of the successor himself: that list says how it went on there
told_there as (
    select
        spell.spell_no,
        min(goes_on.hops) as hops
    from spell
    inner join goes_on
        on spell.code = goes_on.location_id
        and goes_on.hops > 0
        and spell.until >= goes_on.from_on
    inner join spell as own
        on goes_on.place_id = own.code
        and spell.person_id = own.person_id
        and spell.kind = own.kind
        and own.until >= goes_on.from_on
        and spell.listed_to < own.listed_to
    group by spell.spell_no
),

-- and he is there since his own school went up in it, whatever first day that list repeats
came_along as (
    select
        own.spell_no,
        max(goes_on.from_on) as from_on
    from spell as own
    inner join goes_on
        on own.code = goes_on.place_id
        and goes_on.hops > 0
        and own.until >= goes_on.from_on
    inner join spell
        on goes_on.location_id = spell.code
        and own.person_id = spell.person_id
        and own.kind = spell.kind
        and spell.until >= goes_on.from_on
        and spell.listed_to < own.listed_to
    group by own.spell_no
),

hop as (
    select
        spell.spell_no,
        coalesce(goes_on.place_id, spell.location_id, swv.organisation_id) as place_id,
        coalesce(goes_on.hops, 0) as hops,
        greatest(spell.start_on, goes_on.from_on) as at_home_from,
        spell.until,
        goes_on.to_on,
        gone.gone_on,
        lead(goes_on.place_id) over ahead as next_place,
        lead(gone.gone_on) over ahead as gone_next,
        greatest(spell.listed_from, came_along.from_on) as told_from,
        goes_on.hops >= told_there.hops as told_there
    from spell
    cross join swv
    left join goes_on
        on spell.code = goes_on.location_id
        and (goes_on.from_on is null or spell.until >= goes_on.from_on)
        and spell.start_on <= coalesce(goes_on.to_on, spell.start_on)
    left join gone
        on spell.spell_no = gone.spell_no
        and goes_on.place_id = gone.place_id
    left join told_there
        on spell.spell_no = told_there.spell_no
    left join came_along
        on spell.spell_no = came_along.spell_no
    -- what began at a school that had closed for good is nowhere
    where goes_on.location_id is not null
        or spell.code not in (select location_id from goes_on)
    window ahead as (partition by spell.spell_no order by goes_on.hops)
),

placed as (
    select
        spell_no,
        place_id,
        hops,
        at_home_from,
        greatest(
            case
                when next_place is not null
                    then least(until, cast(to_on + interval '1 day' as date), gone_next)
                when at_home_from <= to_on then least(until, to_on, gone_on)
                else least(until, gone_on)
            end,
            at_home_from
        ) as until,
        next_place is null and at_home_from <= to_on and to_on < least(until, gone_on) as closed,
        case when hops = 0 then greatest(at_home_from, told_from) else at_home_from end as told_on
    from hop
    where hops = 0
        or (not coalesce(told_there, false) and (gone_on is null or gone_on >= at_home_from))
),

-- spells that overlap or touch are one stay
marked as (
    select
        placed.*,
        spell.person_id,
        spell.kind,
        spell.of_two,
        case
            when placed.at_home_from <= max(placed.until) over (
                partition by spell.person_id, spell.kind
                order by placed.at_home_from, placed.until, placed.spell_no, placed.place_id
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first,
        case
            when placed.at_home_from <= max(placed.until) over (
                partition by spell.person_id, spell.of_two
                order by placed.at_home_from, placed.until, placed.spell_no, placed.place_id
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first_of_two
    from placed
    inner join spell
        on placed.spell_no = spell.spell_no
),

numbered as (
    select
        marked.*,
        sum(is_first) over (
            partition by person_id, kind
            order by at_home_from, until, spell_no, place_id
        ) as stay,
        sum(is_first_of_two) over (
            partition by person_id, of_two
            order by at_home_from, until, spell_no, place_id
        ) as stay_of_two
    from marked
),

waited as (
    select
        numbered.*,
        min(at_home_from) over (partition by person_id, kind, stay) as start_on,
        min(at_home_from) over (partition by person_id, of_two, stay_of_two) as home_since,
        row_number() over (order by told_on, at_home_from, spell_no, place_id) as precedence
    from numbered
),

-- "langer dan vier weken": LRV counts 29 days after the first day of the stay, the rest at once
waiting as (
    select
        waited.*,
        case
            when kind = 'lrv' then cast(start_on + interval '29 days' as date)
            else at_home_from
        end as waits_until
    from waited
),

counting as (
    select
        waiting.* exclude (waits_until),
        least(until, waits_until) as waits_until,
        greatest(at_home_from, waits_until) as counts_from
    from waiting
),

-- Who was already told of elsewhere is here from the day this list speaks of, or from the day he
-- left there: a later list does not change where he was counted.
already as (
    select
        here.precedence,
        max(there.until) as until
    from counting as here
    inner join counting as there
        on here.person_id = there.person_id
        and here.kind = there.kind
        and here.place_id <> there.place_id
        and here.told_on > there.told_on
        and here.told_on > there.counts_from
        and here.counts_from <= there.until
    group by
        here.precedence
),

told as (
    select
        counting.* replace (
            case
                when already.until is null then counts_from
                else greatest(counts_from, least(told_on, already.until))
            end as counts_from
        ),
        already.until is not null as later,
        -- he stopped the day after his own location closed, and counted already
        counting.hops > 0
        and counting.at_home_from = counting.until
        and (counting.kind <> 'lrv' or counting.waits_until < counting.until) as passing
    from counting
    left join already
        on counting.precedence = already.precedence
),

-- AV of one day came and went; LRV that stops before it counts never does
counted_at as (
    select told.*, of_two as at_home
    from told
    where counts_from < until
        or passing
        or (kind <> 'lrv' and counts_from = until and not later)
    union all
    select
        told.* replace (
            at_home_from as counts_from,
            waits_until as until,
            closed and until = waits_until as closed
        ),
        false as at_home
    from told
    where kind = 'lrv'
        and not later
        and not passing
        and (at_home_from < waits_until or at_home_from = until)
)

select
    counted_at.spell_no,
    counted_at.person_id,
    counted_at.kind,
    counted_at.at_home,
    counted_at.start_on,
    counted_at.home_since,
    counted_at.place_id,
    counted_at.counts_from,
    counted_at.until,
    counted_at.closed,
    counted_at.precedence,
    row_number() over (
        order by
            counted_at.at_home,
            chosen.spell_no is not null,
            greatest(spell.start_on, spell.listed_from),
            spell.start_on,
            counted_at.kind = 'av',
            counted_at.precedence
    ) as rank,
    spell.pupil_id,
    spell.sub_kind,
    spell.permitted,
    spell.lost,
    spell.until as spell_until,
    spell.offer,
    spell.offer_on,
    spell.end_reason,
    spell.compulsory_until,
    spell.qualification_until,
    spell.row_id,
    spell.delivery_id
from counted_at
inner join spell
    on counted_at.spell_no = spell.spell_no
left join chosen
    on counted_at.spell_no = chosen.spell_no
