-- One row per pupil (all kinds of absence), place and board where he is absent: from counts_from up
-- to, not including, end_on (null: still), in one kind at a time. at_home: he is a thuiszitter.
-- opens and closes are the highest level (locatie, bestuur, swv) at which he was not at home in this
-- kind just before, or is not just after; null: at none. A location that changes board opens at the
-- new board and not at the location (opens_here false). begins and begins_here say the same of being
-- absent in this kind, also before he is a thuiszitter.
with

piece as (
    select
        stretch.* replace (
            greatest(stretch.counts_from, board_of.from_on) as counts_from,
            least(stretch.until, board_of.until) as until
        ),
        board_of.board_id,
        row_number() over (order by stretch.rank, stretch.counts_from, board_of.from_on) as piece_no
    from absence_kind as stretch
    left join board_of
        on stretch.place_id = board_of.organisation_id
        and (board_of.from_on <= stretch.counts_from or board_of.from_on < stretch.until)
        and stretch.counts_from < board_of.until
),

-- where the same pupil was absent just before, and just after
beside as (
    select
        here.piece_no,
        here.at_home and there.at_home as at_home,
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
        coalesce(bool_or(before and at_home), false) as before,
        coalesce(bool_or(before and at_home and same_board), false) as before_at_board,
        coalesce(bool_or(before and at_home and same_place), false) as before_at_place,
        coalesce(bool_or(after and at_home), false) as after,
        coalesce(bool_or(after and at_home and same_board), false) as after_at_board,
        coalesce(bool_or(after and at_home and same_place), false) as after_at_place,
        coalesce(bool_or(before), false) as absent,
        coalesce(bool_or(before and same_board), false) as absent_at_board,
        coalesce(bool_or(before and same_place), false) as absent_at_place
    from beside
    group by piece_no
),

-- the day on which the same pupil is at home in the other kind
turned as (
    select distinct
        here.piece_no
    from piece as here
    inner join piece as there
        on here.person_id = there.person_id
        and here.until = there.counts_from
        and here.kind <> there.kind
    where here.at_home
        and there.at_home
)

select
    piece.person_id,
    piece.pupil_id,
    piece.place_id as location_id,
    piece.board_id,
    piece.kind,
    piece.at_home,
    piece.sub_kind,
    piece.permitted,
    piece.start_on,
    piece.home_since,
    piece.counts_from,
    nullif(piece.until, date '9999-12-31') as end_on,
    case
        when not piece.at_home then null
        when not coalesce(around.before, false) then 'swv'
        when not around.before_at_board then 'bestuur'
        when not around.before_at_place then 'locatie'
    end as opens,
    not coalesce(around.before_at_place, false) as opens_here,
    case
        when not piece.at_home then null
        when not coalesce(around.after, false) then 'swv'
        when not around.after_at_board then 'bestuur'
        when not around.after_at_place then 'locatie'
    end as closes,
    not coalesce(around.after_at_place, false) as closes_here,
    case
        when not coalesce(around.absent, false) then 'swv'
        when not around.absent_at_board then 'bestuur'
        when not around.absent_at_place then 'locatie'
    end as begins,
    not coalesce(around.absent_at_place, false) as begins_here,
    case
        when around.after then 'elders_thuis'
        when piece.cut then 'andere_soort'
        when piece.closed then coalesce(piece.end_reason, 'locatie_gesloten')
        when piece.lost and piece.until = piece.spell_until then 'niet_te_volgen'
        when turned.piece_no is not null then coalesce(piece.end_reason, 'andere_soort')
        else piece.end_reason
    end as end_reason,
    coalesce(place.to_on <= piece.until, false) as leaves_closed,
    piece.offer,
    piece.offer_on,
    piece.compulsory_until,
    piece.qualification_until,
    place.school_type,
    piece.precedence,
    piece.row_id,
    piece.delivery_id
from piece
left join around
    on piece.piece_no = around.piece_no
left join turned
    on piece.piece_no = turned.piece_no
left join organisation as place
    on piece.place_id = place.organisation_id
