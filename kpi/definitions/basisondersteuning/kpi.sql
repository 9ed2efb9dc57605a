-- grain: score × location × part × school year; measured × location × school year
with

score as (
    select
        location_id,
        school_year,
        cast(substring(school_year, 1, 4) as integer) as year,
        coalesce(part, 'onbekend') as part,
        score,
        row_id
    from basic_support_score
    where score is not null
),

school_year as (
    select
        period_id,
        cast(substring(period_id, 1, 4) as integer) as year
    from period
    where period_type = 'schooljaar'
),

open_location as (
    select
        organisation.organisation_id,
        school_year.period_id,
        school_year.year
    from school_year
    inner join membership on membership.period_id = school_year.period_id
    inner join organisation
        on organisation.organisation_id = membership.organisation_id
        and organisation.organisation_id = membership.ancestor_id
    where not membership.closed
        and organisation.organisation_type = 'locatie'
        and organisation.school_type in ('vo', 'pro')
),

-- before the first measurement of the SWV there is nothing to be behind with
first_score as (
    select min(year) as year
    from score
),

measured as (
    select
        open_location.organisation_id,
        open_location.period_id,
        case when count(score.score) > 0 then 1 else 0 end as measured
    from open_location
    inner join first_score on first_score.year <= open_location.year
    left join score
        on score.location_id = open_location.organisation_id
        and score.year between open_location.year - 3 and open_location.year
    group by
        open_location.organisation_id,
        open_location.period_id
)

select
    'score' as measure,
    score.location_id as organisation_id,
    school_year.period_id,
    score.part,
    score.score as numerator,
    1 as denominator,
    score.row_id
from score
inner join school_year on school_year.period_id = score.school_year
union all
select
    'measured' as measure,
    organisation_id,
    period_id,
    null as part,
    measured as numerator,
    1 as denominator,
    null as row_id
from measured
