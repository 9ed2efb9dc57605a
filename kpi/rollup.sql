-- kpi_value: EVERY FIGURE, one row per KPI, measure, organisation, period and segment. The only place
-- where levels, divisions, states, breaks and comparability are decided. Sums first, divides last.
create table kpi_value as
with
-- only organisations that delivered count; what is not expected of anyone (a referral without a
-- school, counted at the SWV) counts as soon as the level it stands on is known
counted as (
    select
        observation.kpi_id,
        observation.measure,
        observation.organisation_id,
        observation.period_id,
        observation.segment,
        observation.numerator,
        observation.denominator,
        observation.person_id,
        observation.provisional
    from kpi_observation as observation
    left join kpi_coverage as coverage
        on observation.kpi_id = coverage.kpi_id
        and observation.measure = coverage.measure
        and observation.organisation_id = coverage.organisation_id
        and observation.period_id = coverage.period_id
    where coalesce(coverage.observed, 1) > 0
),

summed as (
    select
        counted.kpi_id,
        counted.measure,
        member.ancestor_id as organisation_id,
        counted.period_id,
        counted.segment,
        case
            when count(counted.person_id) > 0 then count(distinct counted.person_id)
            else sum(counted.numerator)
        end as numerator,
        sum(counted.denominator) as denominator,
        bool_or(counted.provisional) as provisional
    from counted
    inner join kpi_membership as member
        on counted.period_id = member.period_id
        and counted.organisation_id = member.organisation_id
    group by
        counted.kpi_id,
        counted.measure,
        member.ancestor_id,
        counted.period_id,
        counted.segment
),

-- a segment has figures (zeros too) at the organisations where it ever occurs
occurring as (
    select distinct
        kpi_id,
        measure,
        organisation_id,
        segment
    from summed
    where segment <> ''

    union all

    select distinct
        kpi_id,
        measure,
        organisation_id,
        '' as segment
    from kpi_coverage
),

placed as (
    select
        coverage.kpi_id,
        coverage.measure,
        coverage.organisation_id,
        coverage.period_id,
        occurring.segment,
        coalesce(summed.numerator, 0) as numerator,
        coalesce(whole.denominator, 0) as denominator,
        coverage.observed,
        coverage.expected,
        coverage.partial,
        coalesce(summed.provisional, false) or coalesce(whole.provisional, false) as provisional
    from kpi_coverage as coverage
    inner join occurring
        on coverage.kpi_id = occurring.kpi_id
        and coverage.measure = occurring.measure
        and coverage.organisation_id = occurring.organisation_id
    inner join kpi_segment
        on occurring.kpi_id = kpi_segment.kpi_id
        and occurring.segment = kpi_segment.segment
    left join summed
        on coverage.kpi_id = summed.kpi_id
        and coverage.measure = summed.measure
        and coverage.organisation_id = summed.organisation_id
        and coverage.period_id = summed.period_id
        and occurring.segment = summed.segment
    left join summed as whole
        on coverage.kpi_id = whole.kpi_id
        and coverage.measure = whole.measure
        and coverage.organisation_id = whole.organisation_id
        and coverage.period_id = whole.period_id
        and kpi_segment.denominator_segment = whole.segment
),

valued as (
    select
        placed.*,
        kpi_measure.unit,
        period.period_type,
        period.position,
        period.previous_period_id,
        kpi_version.version as definition_version,
        kpi_version.is_break,
        case
            when placed.observed = 0 then null
            when kpi_measure.factor is null then cast(placed.numerator as double)
            else cast(kpi_measure.factor * placed.numerator as double)
                / cast(nullif(placed.denominator, 0) as double)
        end as value
    from placed
    inner join kpi_measure
        on placed.kpi_id = kpi_measure.kpi_id
        and placed.measure = kpi_measure.measure
    inner join period
        on placed.period_id = period.period_id
    inner join kpi_version
        on placed.kpi_id = kpi_version.kpi_id
        and placed.period_id = kpi_version.period_id
),

-- the first reason why the figure cannot be compared with the one before
compared as (
    select
        valued.kpi_id,
        valued.measure,
        valued.organisation_id,
        valued.period_id,
        valued.period_type,
        valued.position,
        valued.segment,
        valued.numerator,
        valued.denominator,
        valued.value,
        valued.unit,
        case
            when valued.expected = 0 then 'not_applicable'
            when valued.observed = 0 then 'missing'
            when valued.value is null then 'not_applicable'
            when valued.value = 0 then 'zero'
            else 'value'
        end as state,
        valued.observed,
        valued.expected,
        valued.provisional or valued.partial as provisional,
        valued.partial,
        valued.definition_version,
        valued.is_break,
        valued.previous_period_id,
        previous.value as previous_value,
        case
            when valued.value is null then 'no_value'
            when previous.value is null then 'no_previous'
            when valued.definition_version <> previous.definition_version then 'definition'
            when valued.partial then 'running'
            when previous.partial then 'previous_running'
            when valued.observed <> valued.expected then 'incomplete'
            when previous.observed <> previous.expected then 'previous_incomplete'
            when valued.expected <> previous.expected then 'organisations'
            when valued.provisional <> previous.provisional then 'provisional'
        end as not_comparable
    from valued
    left join valued as previous
        on valued.kpi_id = previous.kpi_id
        and valued.measure = previous.measure
        and valued.organisation_id = previous.organisation_id
        and valued.segment = previous.segment
        and valued.previous_period_id = previous.period_id
)

select
    kpi_id,
    measure,
    organisation_id,
    period_id,
    period_type,
    segment,
    numerator,
    denominator,
    value,
    unit,
    state,
    observed,
    expected,
    provisional,
    partial,
    definition_version,
    is_break,
    previous_period_id,
    previous_value,
    not_comparable,
    not_comparable is null as comparable
from compared
order by
    organisation_id,
    kpi_id,
    measure,
    segment,
    period_type,
    position;
