-- grain: measure × location × school year as delivered per location; and, for the SWV, measure ×
-- school (BRIN) × structure × diploma × school year as DUO publishes it
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
        leavers_more,
        pupils,
        pupils_more,
        mbo_without_diploma,
        mbo_without_diploma_more,
        coalesce(status, 'voorlopig') <> 'definitief' as provisional,
        row_id
    from vsv
    union all
    select
        case status when 'definitief' then '_final' else '_provisional' end,
        organisation_id,
        school_year,
        leavers,
        leavers_more,
        pupils,
        pupils_more,
        mbo_without_diploma,
        mbo_without_diploma_more,
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
),

published as (
    select
        swv.organisation_id,
        period.period_id,
        vsv_institution.brin,
        vsv_institution.structure,
        vsv_institution.pupils,
        vsv_institution.pupils_more,
        vsv_institution.leavers,
        vsv_institution.leavers_more,
        vsv_institution.with_vmbo,
        vsv_institution.with_mbo1,
        vsv_institution.without_diploma,
        coalesce(
            with_vmbo + with_mbo1 + without_diploma = leavers,
            false
        ) as by_diploma,
        vsv_institution.status <> 'definitief' as provisional,
        vsv_institution.row_id
    from vsv_institution
    cross join swv
    inner join period on period.period_id = vsv_institution.school_year
    where period.period_type = 'schooljaar'
),

-- what does not add up to all leavers is not told apart
with_diploma as (
    select
        published.*,
        part.diploma,
        case part.diploma
            when 'vmbo' then with_vmbo
            when 'mbo1' then with_mbo1
            when 'zonder' then without_diploma
            else leavers
        end as of_diploma
    from published
    cross join (values ('vmbo'), ('mbo1'), ('zonder'), ('onbekend')) as part (diploma)
    where by_diploma = (part.diploma <> 'onbekend')
)

select
    'vsv_share' || status as measure,
    organisation_id,
    period_id,
    rmc_region,
    cast(null as varchar) as brin,
    cast(null as varchar) as structure,
    cast(null as varchar) as diploma,
    leavers as numerator,
    leavers_more as numerator_more,
    pupils as denominator,
    pupils_more as denominator_more,
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
    cast(null as varchar) as brin,
    cast(null as varchar) as structure,
    cast(null as varchar) as diploma,
    leavers as numerator,
    leavers_more as numerator_more,
    0 as denominator,
    0 as denominator_more,
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
    cast(null as varchar) as brin,
    cast(null as varchar) as structure,
    cast(null as varchar) as diploma,
    mbo_without_diploma as numerator,
    mbo_without_diploma_more as numerator_more,
    0 as denominator,
    0 as denominator_more,
    provisional,
    row_id
from reported
where mbo_without_diploma is not null and status = ''
union all
select
    'vsv_share_institution' as measure,
    organisation_id,
    period_id,
    cast(null as varchar) as rmc_region,
    brin,
    structure,
    cast(null as varchar) as diploma,
    leavers as numerator,
    leavers_more as numerator_more,
    pupils as denominator,
    pupils_more as denominator_more,
    provisional,
    row_id
from published
union all
select
    'leavers_institution' as measure,
    organisation_id,
    period_id,
    cast(null as varchar) as rmc_region,
    brin,
    structure,
    diploma,
    of_diploma as numerator,
    leavers_more as numerator_more,
    0 as denominator,
    0 as denominator_more,
    provisional,
    row_id
from with_diploma
