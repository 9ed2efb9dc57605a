-- grain: measure × what is counted (TLV decision, entrant into VSO, pupils of a school) × period
with

referring as (
    select
        organisation.organisation_id,
        member.period_id
    from organisation
    inner join membership as member
        on member.organisation_id = organisation.organisation_id
        and member.ancestor_id = organisation.organisation_id
    where organisation.school_type in ('vo', 'pro')
),

decision as (
    select
        -- only vo and pro refer; what a vso school or one outside the SWV asks for, and what came
        -- in for a school that had closed, is a decision of the SWV
        coalesce(referring.organisation_id, swv.organisation_id) as organisation_id,
        period_day.period_id,
        period_day.day,
        tlv.result,
        tlv.first,
        coalesce(tlv.category, 'onbekend') as category,
        coalesce(tlv.cluster, 'onbekend') as cluster,
        coalesce(tlv.origin, 'onbekend') as origin,
        tlv.row_id
    from tlv
    cross join swv
    inner join period_day on tlv.decided_on = period_day.day
    left join referring
        on referring.organisation_id = tlv.location_id
        and referring.period_id = period_day.period_id
    where tlv.kind = 'vso'
),

entrant as (
    select
        swv.organisation_id,
        period_day.period_id,
        coalesce(vso_enrolment.category, 'onbekend') as category,
        coalesce(vso_enrolment.cluster, 'onbekend') as cluster,
        vso_enrolment.row_id
    from vso_enrolment
    cross join swv
    inner join period_day on vso_enrolment.start_on = period_day.day
    where coalesce(vso_enrolment.came_from, 'onbekend') <> 'vso_elders'
),

vo_pupils as (
    select
        pupils_in_period.location_id,
        swv.organisation_id as swv_id,
        pupils_in_period.period_id,
        pupils_in_period.pupils,
        pupils_in_period.provisional,
        pupils_in_period.row_id
    from pupils_in_period
    cross join swv
    where pupils_in_period.school_type in ('vo', 'pro') and pupils_in_period.pupils is not null
)

select
    case when first then 'referrals' else 'renewals' end as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    origin,
    cast(null as varchar) as result,
    1 as numerator,
    0 as denominator,
    false as provisional,
    day,
    row_id
from decision
where result = 'toegekend' and first is not null
union all
select
    'referral_share' as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    origin,
    null as result,
    1 as numerator,
    0 as denominator,
    false as provisional,
    day,
    row_id
from decision
where result = 'toegekend' and first
union all
select
    'referral_share' as measure,
    location_id as organisation_id,
    period_id,
    null as category,
    null as cluster,
    null as origin,
    null as result,
    0 as numerator,
    pupils as denominator,
    provisional,
    null as day,
    row_id
from vo_pupils
union all
select
    'entrant_share' as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    null as origin,
    null as result,
    1 as numerator,
    0 as denominator,
    false as provisional,
    null as day,
    row_id
from entrant
union all
select
    'entrant_share' as measure,
    swv_id as organisation_id,
    period_id,
    null as category,
    null as cluster,
    null as origin,
    null as result,
    0 as numerator,
    pupils as denominator,
    provisional,
    null as day,
    row_id
from vo_pupils
union all
select
    'decisions' as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    origin,
    result,
    1 as numerator,
    0 as denominator,
    false as provisional,
    day,
    row_id
from decision
union all
select
    'granted_share' as measure,
    organisation_id,
    period_id,
    null as category,
    null as cluster,
    null as origin,
    null as result,
    case when result = 'toegekend' then 1 else 0 end as numerator,
    1 as denominator,
    false as provisional,
    day,
    row_id
from decision
