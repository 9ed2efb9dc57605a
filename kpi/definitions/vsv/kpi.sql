-- grain: measure × location × school year, as DUO delivers it
with

-- the region of a location is that of its last membership
in_region as (
    select
        location_id,
        -- people write region 3 as 3 and as 03
        coalesce(lpad(rmc_region, 2, '0'), 'onbekend') as rmc_region
    from location
    qualify row_number() over (
        partition by location_id
        order by coalesce(to_on, date '9999-12-31') desc, from_on desc, board_id
    ) = 1
),

-- provisional and final figures stay beside each other; what counts is final where that is there
report as (
    select
        '' as status,
        organisation_id,
        school_year,
        leavers,
        pupils,
        mbo_without_diploma,
        coalesce(status, 'voorlopig') <> 'definitief' as provisional,
        row_id
    from vsv
    union all
    select
        case status when 'definitief' then '_final' else '_provisional' end,
        organisation_id,
        school_year,
        leavers,
        pupils,
        mbo_without_diploma,
        status <> 'definitief',
        row_id
    from vsv_report
),

reported as (
    select
        report.*,
        period.period_id,
        coalesce(in_region.rmc_region, 'onbekend') as rmc_region
    from report
    inner join period on period.period_id = report.school_year
    left join in_region on in_region.location_id = report.organisation_id
    where period.period_type = 'schooljaar'
)

select
    'vsv_share' || status as measure,
    organisation_id,
    period_id,
    rmc_region,
    leavers as numerator,
    pupils as denominator,
    provisional,
    row_id
from reported
where leavers is not null and pupils is not null
union all
select
    'leavers' || status as measure,
    organisation_id,
    period_id,
    rmc_region,
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
    rmc_region,
    mbo_without_diploma as numerator,
    0 as denominator,
    provisional,
    row_id
from reported
where mbo_without_diploma is not null and status = ''
