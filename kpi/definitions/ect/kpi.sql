-- grain: measure × ECT case × period
with

casus as (
    select
        location_id,
        coalesce(kind, 'onbekend') as kind,
        coalesce(theme, 'onbekend') as theme,
        opened_on,
        closed_on,
        lost,
        coalesce(hours, 0) as hours,
        row_id
    from ect_case
),

moment as (
    select
        'new' as measure,
        period_day.period_id,
        opened_on as counted_on,
        cast(null as date) as period_end_on,
        casus.*
    from casus
    inner join period_day on casus.opened_on = period_day.day
    union all
    select
        'open' as measure,
        period.period_id,
        cast(null as date) as counted_on,
        period.end_on as period_end_on,
        casus.*
    from casus
    inner join period
        on casus.opened_on <= period.end_on
        and (casus.closed_on is null or casus.closed_on > period.end_on)
    union all
    select
        -- a case that left the lists was not closed: nobody knows what became of it
        case when lost then 'lost' else 'closed' end as measure,
        period_day.period_id,
        closed_on as counted_on,
        cast(null as date) as period_end_on,
        casus.*
    from casus
    inner join period_day on casus.closed_on = period_day.day
),

dated as (
    select
        moment.*,
        'm' || substr(cast(counted_on as varchar), 6, 2) as month
    from moment
)

select
    measure,
    location_id as organisation_id,
    period_id,
    kind,
    theme,
    month,
    1 as numerator,
    0 as denominator,
    coalesce(counted_on, period_end_on) as day,
    row_id
from dated
union all
select
    'days_to_close' as measure,
    location_id as organisation_id,
    period_id,
    kind,
    theme,
    month,
    date_diff('day', opened_on, closed_on) as numerator,
    1 as denominator,
    coalesce(counted_on, period_end_on) as day,
    row_id
from dated
where measure = 'closed'
union all
select
    'hours' as measure,
    location_id as organisation_id,
    period_id,
    kind,
    theme,
    month,
    hours as numerator,
    0 as denominator,
    coalesce(counted_on, period_end_on) as day,
    row_id
from dated
where measure = 'closed'
