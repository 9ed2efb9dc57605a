-- One row per location, first day and last day of what lasts (cases, maatwerk, OPPs, enrolments), and
-- place and board where it is counted: from counts_from up to, not including, until (null: still). A
-- location that closed goes on at its successor (goes_on); without one it ends there on its last day
-- (closed), and what began after that day is nowhere. opens and closes are the highest level at which
-- it comes or goes: swv at its real first and last day, bestuur or locatie when it was at another
-- board or location just before or is just after. opens_here and closes_here: not only the board of
-- the location changed.
with

span as (
    select location_id, opened_on as start_on, closed_on as end_on from ect_case
    union
    select location_id, start_on, end_on from maatwerk
    union
    select location_id, start_on, end_on from opp
    union
    select location_id, start_on, end_on from vso_enrolment
),

hop as (
    select
        span.*,
        coalesce(span.end_on, date '9999-12-31') as last_until,
        coalesce(goes_on.place_id, span.location_id) as place_id,
        greatest(span.start_on, goes_on.from_on) as counts_from,
        goes_on.to_on,
        goes_on.hops,
        lead(goes_on.place_id) over (
            partition by span.location_id, span.start_on, span.end_on
            order by goes_on.hops
        ) as next_place
    from span
    left join goes_on
        on span.location_id = goes_on.location_id
        and (goes_on.from_on is null or coalesce(span.end_on >= goes_on.from_on, true))
        and span.start_on <= coalesce(goes_on.to_on, span.start_on)
    where span.start_on is not null
        -- what began at a school that had closed for good is nowhere
        and (
            goes_on.location_id is not null
            or coalesce(span.location_id, '') not in (select location_id from goes_on)
        )
),

placed as (
    select
        hop.*,
        case
            when next_place is not null
                then least(last_until, cast(to_on + interval '1 day' as date))
            when counts_from <= to_on then least(last_until, to_on)
            else last_until
        end as until
    from hop
),

piece as (
    select
        placed.* exclude (counts_from, until),
        board_of.board_id,
        greatest(placed.counts_from, board_of.from_on) as counts_from,
        least(placed.until, board_of.until) as until
    from placed
    left join board_of
        on placed.place_id = board_of.organisation_id
        and (board_of.from_on <= placed.counts_from or board_of.from_on < placed.until)
        and placed.counts_from < board_of.until
    where placed.counts_from < placed.until
        -- what came and went on one day, or went the day after its location closed
        or placed.start_on = placed.until
        or placed.hops > 0
),

chained as (
    select
        piece.*,
        row_number() over chain as number,
        lag(place_id) over chain as place_before,
        lag(board_id) over chain as board_before,
        lead(place_id) over chain as place_after,
        lead(board_id) over chain as board_after
    from piece
    window chain as (
        partition by location_id, start_on, end_on
        order by counts_from, until
    )
)

select
    chained.location_id,
    chained.start_on,
    chained.end_on,
    chained.place_id,
    chained.board_id,
    chained.counts_from,
    nullif(chained.until, date '9999-12-31') as until,
    -- the last day it counts: that day says of which board it was
    case
        when chained.until = date '9999-12-31' then null
        when chained.until > chained.counts_from
            then cast(chained.until - interval '1 day' as date)
        else chained.until
    end as last_on,
    case
        when place_before is null then 'swv'
        when board_before is distinct from chained.board_id then 'bestuur'
        else 'locatie'
    end as opens,
    place_before is distinct from chained.place_id as opens_here,
    case
        when place_after is null then 'swv'
        when board_after is distinct from chained.board_id then 'bestuur'
        else 'locatie'
    end as closes,
    place_after is distinct from chained.place_id as closes_here,
    place_after is null and chained.until < chained.last_until as closed,
    coalesce(place.to_on <= chained.until, false) as leaves_closed
from chained
left join organisation as place
    on chained.place_id = place.organisation_id
