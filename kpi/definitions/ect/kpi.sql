-- grain: measure × ECT case at a place × period
with

casus as (
    select
        ect_case.row_id,
        coalesce(ect_case.kind, 'onbekend') as kind,
        coalesce(ect_case.theme, 'onbekend') as theme,
        ect_case.opened_on,
        ect_case.closed_on,
        ect_case.lost,
        coalesce(ect_case.hours, 0) as hours,
        stands_at.place_id,
        stands_at.board_id,
        stands_at.counts_from,
        stands_at.until,
        stands_at.last_on,
        stands_at.opens,
        stands_at.opens_here,
        stands_at.closes,
        stands_at.closes_here,
        stands_at.closed,
        stands_at.leaves_closed
    from ect_case
    inner join stands_at
        on stands_at.location_id is not distinct from ect_case.location_id
        and stands_at.start_on = ect_case.opened_on
        and stands_at.end_on is not distinct from ect_case.closed_on
),

gone as (
    select
        casus.*,
        period_day.period_id,
        -- a case that left the lists was not closed: nobody knows what became of it
        case
            when lost and closes = 'swv' and not closed then 'lost'
            else 'closed'
        end as measure,
        case
            when closes <> 'swv' then 'elders'
            when closed then 'locatie_gesloten'
            else 'gesloten'
        end as end_reason,
        left_behind.period_id is not null as left_behind
    from casus
    inner join period_day on casus.until = period_day.day
    left join left_behind
        on casus.leaves_closed
        and left_behind.topic = 'ect'
        and left_behind.location_id = casus.place_id
        and left_behind.period_id = period_day.period_id
),

moment as (
    select
        'new' as measure,
        case when opens = 'bestuur' and not opens_here then board_id else place_id end
            as organisation_id,
        period_day.period_id,
        counts_from as counted_on,
        counts_from as day,
        opens as up_to,
        cast(null as varchar) as end_reason,
        casus.kind,
        casus.theme,
        casus.opened_on,
        casus.closed_on,
        casus.hours,
        casus.row_id,
        casus.place_id
    from casus
    inner join period_day on casus.counts_from = period_day.day
    union all
    select
        'open', place_id, period.period_id, null, period.end_on, 'swv', null,
        kind, theme, opened_on, closed_on, hours, row_id, place_id
    from casus
    inner join period
        on casus.counts_from <= period.end_on
        and (casus.until is null or casus.until > period.end_on)
    union all
    select
        measure,
        case when closes = 'bestuur' and not closes_here then board_id else place_id end,
        period_id, until, last_on, closes, end_reason,
        kind, theme, opened_on, closed_on, hours, row_id, place_id
    from gone
    where not left_behind
    union all
    select
        measure, board_id, period_id, until, last_on, 'bestuur', end_reason,
        kind, theme, opened_on, closed_on, hours, row_id, place_id
    from gone
    where left_behind and closes in ('swv', 'bestuur') and board_id is not null
    union all
    select
        measure, swv.organisation_id, period_id, until, last_on, 'swv', end_reason,
        kind, theme, opened_on, closed_on, hours, row_id, place_id
    from gone
    cross join swv
    where left_behind and closes = 'swv'
),

dated as (
    select
        moment.*,
        'm' || substr(cast(counted_on as varchar), 6, 2) as month
    from moment
)

select
    measure,
    organisation_id,
    period_id,
    kind,
    theme,
    month,
    case when measure = 'closed' then end_reason end as end_reason,
    1 as numerator,
    0 as denominator,
    cast(null as varchar) as shared_by,
    day,
    up_to,
    row_id
from dated
union all
select
    'days_to_close' as measure,
    organisation_id,
    period_id,
    kind,
    theme,
    month,
    null as end_reason,
    date_diff('day', opened_on, closed_on) as numerator,
    1 as denominator,
    place_id as shared_by,
    day,
    up_to,
    row_id
from dated
where measure = 'closed' and end_reason = 'gesloten'
union all
select
    'hours' as measure,
    organisation_id,
    period_id,
    kind,
    theme,
    month,
    null as end_reason,
    hours as numerator,
    0 as denominator,
    null as shared_by,
    day,
    up_to,
    row_id
from dated
where measure = 'closed' and end_reason = 'gesloten'
union all
select
    'closed_share' as measure,
    organisation_id,
    period_id,
    kind,
    theme,
    null as month,
    null as end_reason,
    case when measure = 'closed' then 1 else 0 end as numerator,
    1 as denominator,
    null as shared_by,
    day,
    up_to,
    row_id
from dated
where measure in ('closed', 'open')
