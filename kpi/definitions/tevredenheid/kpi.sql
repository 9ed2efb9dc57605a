-- grain: measure × satisfaction form × period in which it was sent
with

-- the last day of which a register of the whole SWV tells
told as (
    select max(delivery.covers_to) as until
    from delivered
    inner join swv using (organisation_id)
    inner join delivery using (delivery_id)
    where delivered.topic = 'satisfaction'
),

form as (
    select
        swv.organisation_id,
        period_day.period_id,
        coalesce(satisfaction_form.respondent, 'onbekend') as respondent,
        satisfaction_form.mark,
        satisfaction_form.location_id,
        satisfaction_form.row_id,
        -- within eight weeks it can still come back, see kpi.toml
        satisfaction_form.mark is null
        and satisfaction_form.answered_on is null
        and coalesce(date_diff('day', satisfaction_form.sent_on, told.until) < 56, false) as waits
    from satisfaction_form
    cross join swv
    cross join told
    inner join period_day on satisfaction_form.sent_on = period_day.day
),

counted as (
    select
        form.*,
        max(case when waits then 1 else 0 end) over (partition by period_id) = 1 as provisional
    from form
)

select
    'mark' as measure,
    organisation_id,
    period_id,
    respondent,
    mark as numerator,
    1 as denominator,
    provisional,
    location_id as shared_by,
    row_id
from counted
where mark is not null
union all
-- a form that can still come back counts for nothing yet, but says that the number may rise
select
    'forms' as measure,
    organisation_id,
    period_id,
    respondent,
    case when mark is not null then 1 else 0 end as numerator,
    0 as denominator,
    provisional,
    null as shared_by,
    row_id
from counted
where mark is not null or waits
union all
select
    'response' as measure,
    organisation_id,
    period_id,
    respondent,
    case when mark is not null then 1 else 0 end as numerator,
    1 as denominator,
    provisional,
    null as shared_by,
    row_id
from counted
