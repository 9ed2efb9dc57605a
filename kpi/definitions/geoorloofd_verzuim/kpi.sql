-- grain: measure × absence spell × period
with

spell as (
    select
        -- absence without a school stands at the SWV
        coalesce(absence_spell.location_id, swv.organisation_id) as location_id,
        case when permitted then 'ja' when not permitted then 'nee' else 'onbekend' end as permitted,
        coalesce(kind, 'onbekend') as kind,
        start_on,
        end_on,
        row_id
    from absence_spell
    cross join swv
)

select
    'stock' as measure,
    spell.location_id as organisation_id,
    period.period_id,
    spell.permitted,
    spell.kind,
    1 as numerator,
    0 as denominator,
    period.end_on as day,
    spell.row_id
from spell
inner join period
    on spell.start_on <= period.end_on
    and (spell.end_on is null or spell.end_on > period.end_on)
union all
select
    'new' as measure,
    spell.location_id as organisation_id,
    period_day.period_id,
    spell.permitted,
    spell.kind,
    1 as numerator,
    0 as denominator,
    period_day.day,
    spell.row_id
from spell
inner join period_day on spell.start_on = period_day.day
