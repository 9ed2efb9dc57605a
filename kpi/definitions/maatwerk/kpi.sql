-- grain: measure × maatwerk trajectory × period
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

moment as (
    select 'referrals' as measure, period_day.period_id, period_day.day, trajectory.*
    from trajectory
    inner join period_day on trajectory.referred_on = period_day.day
    union all
    select 'running' as measure, period.period_id, period.end_on as day, trajectory.*
    from trajectory
    inner join period
        on trajectory.start_on <= period.end_on
        and (trajectory.end_on is null or trajectory.end_on > period.end_on)
    union all
    -- one that left the lists did not stop: nobody knows what became of it
    select
        case when lost then 'lost' else 'ended' end as measure,
        period_day.period_id,
        period_day.day,
        trajectory.*
    from trajectory
    inner join period_day on trajectory.end_on = period_day.day
)

select
    measure,
    location_id as organisation_id,
    period_id,
    provision,
    case when measure = 'ended' then outcome end as outcome,
    1 as numerator,
    0 as denominator,
    day,
    row_id
from moment
union all
select
    'returned_share' as measure,
    location_id as organisation_id,
    period_id,
    provision,
    null as outcome,
    case when outcome = 'terug_naar_school' then 1 else 0 end as numerator,
    1 as denominator,
    day,
    row_id
from moment
where measure = 'ended'
