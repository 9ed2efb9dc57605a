-- grain: measure × what is counted (VSO enrolment, pupils of a school) × period
with

enrolment as (
    select
        -- a VSO school outside the region has no board here, but the SWV pays for the pupil
        coalesce(organisation.organisation_id, swv.organisation_id) as organisation_id,
        swv.organisation_id as swv_id,
        vso_enrolment.start_on,
        vso_enrolment.end_on,
        vso_enrolment.lost,
        coalesce(vso_enrolment.cluster, 'onbekend') as cluster,
        coalesce(vso_enrolment.category, 'onbekend') as category,
        vso_enrolment.went_to,
        vso_enrolment.tab,
        vso_enrolment.row_id
    from vso_enrolment
    cross join swv
    left join organisation on organisation.organisation_id = vso_enrolment.location_id
),

enrolled as (
    select
        enrolment.*,
        period.period_id,
        period.count_on as day
    from enrolment
    inner join period
        on enrolment.start_on <= period.count_on
        and (enrolment.end_on is null or enrolment.end_on > period.count_on)
),

moved as (
    select 'entered' as measure, period_day.period_id, period_day.day, enrolment.*
    from enrolment
    inner join period_day on enrolment.start_on = period_day.day
    union all
    -- who left the lists is not known to have left the school
    select
        case when lost then 'lost' else 'left' end as measure,
        period_day.period_id,
        period_day.day,
        enrolment.*
    from enrolment
    inner join period_day on enrolment.end_on = period_day.day
),

place as (
    select 'pupils' as measure, period_id, organisation_id, cluster, category, day, row_id
    from enrolled
    union all
    select measure, period_id, organisation_id, cluster, category, day, row_id
    from moved
    union all
    select 'back_to_regular', period_id, organisation_id, cluster, category, day, row_id
    from moved
    where measure = 'left' and went_to = 'vo'
    union all
    select 'tab', period_id, organisation_id, cluster, category, day, row_id
    from moved
    where measure = 'left' and went_to = 'vo' and tab
),

share as (
    select 'participation_dpo' as measure
    union all
    select 'participation_inspectie'
),

share_denominator as (
    select
        share.measure,
        pupils_in_period.period_id,
        pupils_in_period.pupils,
        coalesce(pupils_in_period.pupils_more, 0) as pupils_more,
        pupils_in_period.provisional,
        pupils_in_period.row_id
    from pupils_in_period
    cross join share
    where pupils_in_period.school_type in ('vo', 'pro')
        and pupils_in_period.pupils is not null
    union all
    -- the Inspectie divides by all pupils, those in VSO included
    select 'participation_inspectie', period_id, 1, 0, false, row_id
    from enrolled
)

select
    measure,
    organisation_id,
    period_id,
    cluster,
    category,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    row_id
from place
union all
select
    share.measure,
    enrolled.swv_id as organisation_id,
    enrolled.period_id,
    enrolled.cluster,
    enrolled.category,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    null as day,
    enrolled.row_id
from enrolled
cross join share
union all
select
    share_denominator.measure,
    swv.organisation_id,
    share_denominator.period_id,
    null as cluster,
    null as category,
    0 as numerator,
    share_denominator.pupils as denominator,
    share_denominator.pupils_more as denominator_more,
    share_denominator.provisional,
    null as day,
    share_denominator.row_id
from share_denominator
cross join swv
