-- grain: measure × location × school year, as DUO delivers it
with

reported as (
    select
        vsv.organisation_id,
        period.period_id,
        vsv.leavers,
        vsv.pupils,
        vsv.mbo_without_diploma,
        coalesce(vsv.status, 'voorlopig') <> 'definitief' as provisional,
        vsv.row_id
    from vsv
    inner join period on period.period_id = vsv.school_year
    where period.period_type = 'schooljaar'
)

select
    'vsv_share' as measure,
    organisation_id,
    period_id,
    leavers as numerator,
    pupils as denominator,
    provisional,
    row_id
from reported
where leavers is not null and pupils is not null
union all
select
    'leavers' as measure,
    organisation_id,
    period_id,
    leavers as numerator,
    0 as denominator,
    provisional,
    row_id
from reported
where leavers is not null
union all
select
    'mbo_without_diploma' as measure,
    organisation_id,
    period_id,
    mbo_without_diploma as numerator,
    0 as denominator,
    provisional,
    row_id
from reported
where mbo_without_diploma is not null
