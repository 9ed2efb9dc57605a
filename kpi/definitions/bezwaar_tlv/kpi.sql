-- grain: measure × objection to a TLV × period in which it was received
with

objection as (
    select
        swv.organisation_id,
        period_day.period_id,
        complaint.outcome,
        complaint.row_id
    from complaint
    cross join swv
    inner join period_day on complaint.received_on = period_day.day
    where complaint.route = 'lbt' or complaint.kind = 'bezwaar_tlv'
)

select
    'objections' as measure,
    organisation_id,
    period_id,
    1 as numerator,
    0 as denominator,
    row_id
from objection
union all
select
    'upheld_share' as measure,
    organisation_id,
    period_id,
    case when outcome = 'gegrond' then 1 else 0 end as numerator,
    1 as denominator,
    row_id
from objection
where outcome in ('gegrond', 'ongegrond')
