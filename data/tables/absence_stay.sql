-- One row per pupil (AV and LRV), place and board where he is at home: from counts_from up to, not
-- including, end_on (null: still). A pupil whose spells overlap or touch has one stay, at every
-- level: start_on is the first day of the whole stay, so who changes school keeps the months he was
-- at home. opens and closes are the highest level (locatie, bestuur, swv) at which the pupil was not
-- at home just before, or is not just after; null: at none. A location that changes board opens at
-- the new board and not at the location (opens_here false). Of two places at once the greatest
-- precedence is the one where a level counts him. A location that closed goes on at its successor.
with recursive

-- where who was at home at a location is from a day on: there, then at what it was merged into
goes_on as (
    select
        organisation_id as location_id,
        organisation_id as place_id,
        cast(null as date) as from_on,
        to_on,
        merged_into,
        0 as hops
    from organisation
    where organisation_type = 'locatie'

    union all

    select
        goes_on.location_id,
        successor.organisation_id as place_id,
        cast(goes_on.to_on + interval '1 day' as date) as from_on,
        successor.to_on,
        successor.merged_into,
        goes_on.hops + 1 as hops
    from goes_on
    inner join organisation as successor
        on goes_on.merged_into = successor.organisation_id
        and goes_on.to_on < coalesce(successor.to_on, date '9999-12-31')
    where goes_on.hops < 9
),

spell as (
    select
        absence_spell.*,
        row_number() over (order by row_id, pupil_id, location_id, kind, start_on) as spell_no,
        -- who has no key is nobody else
        coalesce(absence_spell.pupil_id, absence_spell.row_id) as person_id,
        coalesce(absence_spell.end_on, date '9999-12-31') as until,
        coalesce(absence_spell.location_id, '') as code,
        coalesce(absence_spell.told_from, delivery.covers_from) as listed_from,
        delivery.covers_to as listed_to
    from absence_spell
    left join delivery
        on absence_spell.delivery_id = delivery.delivery_id
    where absence_spell.kind in ('av', 'lrv')
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

-- a pupil without a school is on the list of nobody in particular
list_at as (
    select location_id, covers_from from list
    union
    select '' as location_id, covers_from from list
),

-- who was open in his last list, and is not on the first later one of the place he would be at
gone as (
    select
        spell.spell_no,
        place.place_id,
        cast(min(list_at.covers_from) - interval '1 day' as date) as gone_on
    from spell
    inner join (
        select location_id, place_id from goes_on where hops > 0
        union all
        select '' as location_id, '' as place_id
    ) as place
        on spell.code = place.location_id
    inner join list_at
        on place.place_id = list_at.location_id
        and spell.listed_to < list_at.covers_from
    where spell.end_on is null
    group by
        spell.spell_no,
        place.place_id
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
        spell.listed_from
    from spell
    cross join swv
    left join goes_on
        on spell.code = goes_on.location_id
        and (goes_on.from_on is null or spell.until > goes_on.from_on)
        and (spell.start_on <= coalesce(goes_on.to_on, spell.start_on) or goes_on.merged_into is null)
    left join gone
        on spell.spell_no = gone.spell_no
        and coalesce(goes_on.place_id, '') = gone.place_id
    window ahead as (partition by spell.spell_no order by goes_on.hops)
),

placed as (
    select
        spell_no,
        place_id,
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
        case when hops = 0 then greatest(at_home_from, listed_from) else at_home_from end as told_on
    from hop
    where hops = 0 or gone_on is null or gone_on >= at_home_from
),

-- spells that overlap or touch are one stay
marked as (
    select
        placed.*,
        spell.person_id,
        spell.kind,
        case
            when placed.at_home_from <= max(placed.until) over (
                partition by spell.person_id, spell.kind
                order by placed.at_home_from, placed.until, placed.spell_no, placed.place_id
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first
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
        ) as stay
    from marked
),

-- "langer dan vier weken": LRV counts 29 days after the first day of the stay, AV at once
waited as (
    select
        numbered.*,
        min(at_home_from) over (partition by person_id, kind, stay) as start_on,
        row_number() over (order by told_on, at_home_from, spell_no, place_id) as precedence
    from numbered
),

counting as (
    select
        waited.*,
        case
            when kind = 'lrv'
                then greatest(at_home_from, cast(start_on + interval '29 days' as date))
            else at_home_from
        end as counts_from
    from waited
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
        already.until is not null as later
    from counting
    left join already
        on counting.precedence = already.precedence
),

-- the boards a location had, without gaps; a new stretch of the same board is no other board
membership_of as (
    select
        organisation_id,
        ancestor_id,
        from_on,
        lag(ancestor_id) over ahead as board_before
    from organisation_tree
    where ancestor_type = 'bestuur' and organisation_id <> ancestor_id
    window ahead as (
        partition by organisation_id
        order by coalesce(from_on, date '0001-01-01'), ancestor_id
    )
),

board_of as (
    select
        organisation_id,
        ancestor_id as board_id,
        case when board_before is not null then from_on else date '0001-01-01' end as from_on,
        lead(from_on, 1, date '9999-12-31') over (
            partition by organisation_id
            order by coalesce(from_on, date '0001-01-01'), ancestor_id
        ) as until
    from membership_of
    where board_before is null or board_before <> ancestor_id
),

piece as (
    select
        told.spell_no,
        told.person_id,
        told.kind,
        told.start_on,
        told.place_id,
        board_of.board_id,
        greatest(told.counts_from, board_of.from_on) as counts_from,
        least(told.until, board_of.until) as until,
        told.closed,
        told.precedence,
        row_number() over (order by told.precedence, board_of.from_on) as piece_no
    from told
    left join board_of
        on told.place_id = board_of.organisation_id
        and (board_of.from_on <= told.counts_from or board_of.from_on < told.until)
        and told.counts_from < board_of.until
    where told.counts_from < told.until
        -- AV of one day came and went; LRV that stops before it counts never does
        or (told.kind = 'av' and told.counts_from = told.until and not told.later)
),

-- where the same pupil was at home just before, and just after
beside as (
    select
        here.piece_no,
        here.board_id = there.board_id as same_board,
        here.place_id = there.place_id as same_place,
        (there.counts_from < here.counts_from and there.until >= here.counts_from)
        or (there.counts_from = here.counts_from and there.precedence > here.precedence) as before,
        (there.counts_from <= here.until and there.until > here.until)
        or (there.until = here.until and there.precedence > here.precedence) as after
    from piece as here
    inner join piece as there
        on here.person_id = there.person_id
        and here.kind = there.kind
        and here.piece_no <> there.piece_no
),

around as (
    select
        piece_no,
        bool_or(before) as before,
        coalesce(bool_or(before and same_board), false) as before_at_board,
        bool_or(before and same_place) as before_at_place,
        bool_or(after) as after,
        coalesce(bool_or(after and same_board), false) as after_at_board,
        bool_or(after and same_place) as after_at_place
    from beside
    group by piece_no
)

select
    piece.person_id,
    spell.pupil_id,
    piece.place_id as location_id,
    piece.board_id,
    spell.kind,
    spell.sub_kind,
    spell.permitted,
    piece.start_on,
    piece.counts_from,
    nullif(piece.until, date '9999-12-31') as end_on,
    case
        when not coalesce(around.before, false) then 'swv'
        when not around.before_at_board then 'bestuur'
        when not around.before_at_place then 'locatie'
    end as opens,
    not coalesce(around.before_at_place, false) as opens_here,
    case
        when not coalesce(around.after, false) then 'swv'
        when not around.after_at_board then 'bestuur'
        when not around.after_at_place then 'locatie'
    end as closes,
    not coalesce(around.after_at_place, false) as closes_here,
    case
        when around.after then 'elders_thuis'
        when piece.closed then coalesce(spell.end_reason, 'locatie_gesloten')
        when spell.lost and piece.until = spell.until then 'niet_te_volgen'
        else spell.end_reason
    end as end_reason,
    coalesce(place.to_on <= piece.until, false) as leaves_closed,
    spell.offer,
    spell.offer_on,
    spell.compulsory_until,
    spell.qualification_until,
    place.school_type,
    piece.precedence,
    spell.row_id,
    spell.delivery_id
from piece
inner join spell
    on piece.spell_no = spell.spell_no
left join around
    on piece.piece_no = around.piece_no
left join organisation as place
    on piece.place_id = place.organisation_id
