-- grain: measure × complaint or objection × period in which it was received
with

received as (
    select
        swv.organisation_id,
        period_day.period_id,
        coalesce(complaint.route, 'onbekend') as route,
        coalesce(complaint.kind, 'onbekend') as kind,
        coalesce(complaint.outcome, 'onbekend') as outcome,
        complaint.row_id
    from complaint
    cross join swv
    inner join period_day on complaint.received_on = period_day.day
)

select
    case
        when route = 'lbt' or kind = 'bezwaar_tlv' then 'objections'
        else 'complaints'
    end as measure,
    organisation_id,
    period_id,
    route,
    kind,
    outcome,
    1 as numerator,
    0 as denominator,
    row_id
from received
