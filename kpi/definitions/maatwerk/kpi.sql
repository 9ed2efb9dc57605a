-- grain: measure × maatwerk trajectory at a place × period
with

trajectory as (
    select
        location_id,
        coalesce(provision, 'onbekend') as provision,
        coalesce(outcome, 'onbekend') as outcome,
        referred_on,
        start_on,
        end_on,
        lost,
        row_id
    from maatwerk
),

running as (
    select
        trajectory.provision,
        case when stands_at.closed then 'locatie_gesloten' else trajectory.outcome end as outcome,
        trajectory.lost and not stands_at.closed as lost,
        trajectory.row_id,
        stands_at.place_id,
        stands_at.board_id,
        stands_at.counts_from,
        stands_at.until,
        stands_at.last_on,
        stands_at.closes,
        stands_at.leaves_closed
    from trajectory
    inner join stands_at
        on stands_at.location_id is not distinct from trajectory.location_id
        and stands_at.start_on = trajectory.start_on
        and stands_at.end_on is not distinct from trajectory.end_on
),

-- one that goes on at the successor of its school did not stop; one that left the lists did not
-- either, and nobody knows what became of it
gone as (
    select
        running.*,
        case when lost then 'lost' else 'ended' end as measure,
        period_day.period_id,
        left_behind.period_id is not null as left_behind
    from running
    inner join period_day on running.until = period_day.day
    left join left_behind
        on running.leaves_closed
        and left_behind.topic = 'maatwerk'
        and left_behind.location_id = running.place_id
        and left_behind.period_id = period_day.period_id
    where running.closes = 'swv'
),

moment as (
    select
        'referrals' as measure,
        location_id as organisation_id,
        period_day.period_id,
        provision,
        outcome,
        period_day.day,
        'swv' as up_to,
        row_id
    from trajectory
    inner join period_day on trajectory.referred_on = period_day.day
    union all
    select
        'running', place_id, period.period_id, provision, outcome, period.end_on, 'swv', row_id
    from running
    inner join period
        on running.counts_from <= period.end_on
        and (running.until is null or running.until > period.end_on)
    union all
    select measure, place_id, period_id, provision, outcome, last_on, 'swv', row_id
    from gone
    where not left_behind
    union all
    select measure, board_id, period_id, provision, outcome, last_on, 'bestuur', row_id
    from gone
    where left_behind and board_id is not null
    union all
    select measure, swv.organisation_id, period_id, provision, outcome, last_on, 'swv', row_id
    from gone
    cross join swv
    where left_behind
)

select
    measure,
    organisation_id,
    period_id,
    provision,
    case when measure = 'ended' then outcome end as outcome,
    1 as numerator,
    0 as denominator,
    day,
    up_to,
    row_id
from moment
union all
select
    'returned_share' as measure,
    organisation_id,
    period_id,
    provision,
    null as outcome,
    case when outcome = 'terug_naar_school' then 1 else 0 end as numerator,
    1 as denominator,
    day,
    up_to,
    row_id
from moment
where measure = 'ended' and outcome <> 'locatie_gesloten'
union all
select
    'ended_share' as measure,
    organisation_id,
    period_id,
    provision,
    null as outcome,
    case when measure = 'ended' then 1 else 0 end as numerator,
    1 as denominator,
    day,
    up_to,
    row_id
from moment
where measure in ('ended', 'running')
