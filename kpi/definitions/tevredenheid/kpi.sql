-- grain: measure × satisfaction form × period in which it was sent
with

form as (
    select
        swv.organisation_id,
        period_day.period_id,
        coalesce(satisfaction_form.respondent, 'onbekend') as respondent,
        satisfaction_form.mark,
        satisfaction_form.location_id,
        satisfaction_form.row_id
    from satisfaction_form
    cross join swv
    inner join period_day on satisfaction_form.sent_on = period_day.day
)

select
    'mark' as measure,
    organisation_id,
    period_id,
    respondent,
    mark as numerator,
    1 as denominator,
    location_id as shared_by,
    row_id
from form
where mark is not null
union all
select
    'forms' as measure,
    organisation_id,
    period_id,
    respondent,
    1 as numerator,
    0 as denominator,
    null as shared_by,
    row_id
from form
where mark is not null
union all
select
    'response' as measure,
    organisation_id,
    period_id,
    respondent,
    case when mark is not null then 1 else 0 end as numerator,
    1 as denominator,
    null as shared_by,
    row_id
from form
