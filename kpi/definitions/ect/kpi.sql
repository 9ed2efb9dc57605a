-- grain: measure × ECT case × period
with

casus as (
    select
        location_id,
        coalesce(kind, 'onbekend') as kind,
        coalesce(theme, 'onbekend') as theme,
        opened_on,
        closed_on,
        coalesce(hours, 0) as hours,
        row_id
    from ect_case
),

moment as (
    select 'new' as measure, period.period_id, casus.*
    from casus
    inner join period on casus.opened_on between period.start_on and period.end_on
    union all
    select 'open' as measure, period.period_id, casus.*
    from casus
    inner join period
        on casus.opened_on <= period.end_on
        and (casus.closed_on is null or casus.closed_on > period.end_on)
    union all
    select 'closed' as measure, period.period_id, casus.*
    from casus
    inner join period on casus.closed_on between period.start_on and period.end_on
)

select
    measure,
    location_id as organisation_id,
    period_id,
    kind,
    theme,
    1 as numerator,
    0 as denominator,
    row_id
from moment
union all
select
    'days_to_close' as measure,
    location_id as organisation_id,
    period_id,
    kind,
    theme,
    date_diff('day', opened_on, closed_on) as numerator,
    1 as denominator,
    row_id
from moment
where measure = 'closed'
union all
select
    'hours' as measure,
    location_id as organisation_id,
    period_id,
    kind,
    theme,
    hours as numerator,
    0 as denominator,
    row_id
from moment
where measure = 'closed'
