-- grain: measure × pupil absent in one kind at a place × period
with

absent as (
    select
        person_id,
        location_id,
        board_id,
        kind,
        case when permitted then 'ja' when not permitted then 'nee' else 'onbekend' end as permitted,
        counts_from,
        end_on,
        begins,
        begins_here,
        precedence,
        row_id
    from absence_piece
),

-- who is absent at two places at once counts at each, and once for the board and for the SWV
standing as (
    select
        absent.*,
        period.period_id,
        period.end_on as day,
        case
            when row_number() over (
                partition by person_id, period_id order by precedence desc
            ) = 1 then 'swv'
            when row_number() over (
                partition by person_id, period_id, board_id order by precedence desc
            ) = 1 then 'bestuur'
            when row_number() over (
                partition by person_id, period_id, location_id order by precedence desc
            ) = 1 then 'locatie'
        end as up_to
    from absent
    inner join period
        on absent.counts_from <= period.end_on
        and (absent.end_on is null or absent.end_on > period.end_on)
)

select
    'stock' as measure,
    location_id as organisation_id,
    period_id,
    permitted,
    kind,
    1 as numerator,
    0 as denominator,
    day,
    up_to,
    row_id
from standing
where up_to is not null
union all
select
    'new' as measure,
    case when absent.begins = 'bestuur' and not absent.begins_here then absent.board_id
        else absent.location_id end as organisation_id,
    period_day.period_id,
    absent.permitted,
    absent.kind,
    1 as numerator,
    0 as denominator,
    period_day.day,
    absent.begins as up_to,
    absent.row_id
from absent
inner join period_day on absent.counts_from = period_day.day
where absent.begins is not null
