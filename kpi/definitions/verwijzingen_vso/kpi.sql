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

-- the school that asked for the TLV with which a pupil begins: the last one granted before that day
asking_school as (
    select
        vso_enrolment.row_id,
        tlv.location_id
    from vso_enrolment
    inner join tlv
        on tlv.pupil_id = vso_enrolment.pupil_id
        and tlv.decided_on <= vso_enrolment.start_on
    inner join organisation on organisation.organisation_id = tlv.location_id
    where tlv.kind = 'vso'
        and tlv.result = 'toegekend'
        and coalesce(vso_enrolment.came_from, 'onbekend') <> 'vso_elders'
        and organisation.school_type in ('vo', 'pro')
        -- a school that has closed since cannot hold this pupil
        and coalesce(organisation.from_on <= vso_enrolment.start_on, true)
        and coalesce(organisation.to_on >= vso_enrolment.start_on, true)
    qualify row_number() over (
        partition by vso_enrolment.row_id
        order by tlv.decided_on desc, tlv.location_id
    ) = 1
),

entrant as (
    select
        swv.organisation_id,
        -- a pupil for whom no open school asked (one of a primary school) counts for the SWV only
        coalesce(asking_school.location_id, swv.organisation_id) as school_id,
        period_day.period_id,
        period_day.day,
        coalesce(vso_enrolment.category, 'onbekend') as category,
        coalesce(vso_enrolment.cluster, 'onbekend') as cluster,
        case vso_enrolment.came_from
            when 'po' then 'po'
            when 'vo' then 'zij_instroom'
            else 'onbekend'
        end as origin,
        vso_enrolment.row_id
    from vso_enrolment
    cross join swv
    inner join period_day on vso_enrolment.start_on = period_day.day
    left join asking_school on asking_school.row_id = vso_enrolment.row_id
    where coalesce(vso_enrolment.came_from, 'onbekend') <> 'vso_elders'
),

vo_pupils as (
    select
        pupils_in_period.location_id,
        swv.organisation_id as swv_id,
        pupils_in_period.period_id,
        pupils_in_period.pupils,
        coalesce(pupils_in_period.pupils_more, 0) as pupils_more,
        pupils_in_period.provisional,
        pupils_in_period.row_id
    from pupils_in_period
    cross join swv
    where pupils_in_period.school_type in ('vo', 'pro') and pupils_in_period.pupils is not null
),

-- Referrals count for the board of their day, so the pupils of a school that changed board within
-- the period are divided by at every board it had: nobody is counted above the line who is not
-- below it. The school and the SWV have them once.
at_earlier_board as (
    select
        vo_pupils.row_id,
        vo_pupils.location_id,
        vo_pupils.period_id,
        tree.ancestor_id,
        max(least(coalesce(tree.to_on, period.end_on), period.end_on)) as day
    from vo_pupils
    inner join period on period.period_id = vo_pupils.period_id
    inner join organisation_tree as tree
        on tree.organisation_id = vo_pupils.location_id
        and tree.ancestor_type = 'bestuur'
        and coalesce(tree.from_on, period.end_on) <= period.end_on
        and coalesce(tree.to_on, period.end_on) >= period.start_on
    left join membership as member
        on member.period_id = vo_pupils.period_id
        and member.organisation_id = vo_pupils.location_id
        and member.ancestor_id = tree.ancestor_id
    where member.ancestor_id is null
    group by
        vo_pupils.row_id,
        vo_pupils.location_id,
        vo_pupils.period_id,
        tree.ancestor_id
),

pupils_of as (
    select vo_pupils.*, cast(null as date) as day, cast(null as varchar) as up_to
    from vo_pupils
    union all
    select vo_pupils.*, at_earlier_board.day, 'alleen_bestuur' as up_to
    from vo_pupils
    inner join at_earlier_board
        on at_earlier_board.row_id = vo_pupils.row_id
        and at_earlier_board.location_id = vo_pupils.location_id
        and at_earlier_board.period_id = vo_pupils.period_id
)

select
    case when first then 'referrals' else 'renewals' end as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    origin,
    cast(null as varchar) as result,
    cast(null as varchar) as own_category,
    cast(null as varchar) as own_cluster,
    cast(null as varchar) as own_origin,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    cast(null as varchar) as up_to,
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
    null as own_category,
    null as own_cluster,
    null as own_origin,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    null as up_to,
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
    null as own_category,
    null as own_cluster,
    null as own_origin,
    0 as numerator,
    pupils as denominator,
    pupils_more as denominator_more,
    provisional,
    day,
    up_to,
    row_id
from pupils_of
union all
select
    'entrant_share' as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    origin,
    null as result,
    null as own_category,
    null as own_cluster,
    null as own_origin,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    null as day,
    null as up_to,
    row_id
from entrant
union all
select
    'entrants_by_school' as measure,
    school_id as organisation_id,
    period_id,
    category,
    cluster,
    origin,
    null as result,
    null as own_category,
    null as own_cluster,
    null as own_origin,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    null as up_to,
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
    null as own_category,
    null as own_cluster,
    null as own_origin,
    0 as numerator,
    pupils as denominator,
    pupils_more as denominator_more,
    provisional,
    null as day,
    null as up_to,
    row_id
from vo_pupils
union all
select
    'entrants_by_school' as measure,
    location_id as organisation_id,
    period_id,
    null as category,
    null as cluster,
    null as origin,
    null as result,
    null as own_category,
    null as own_cluster,
    null as own_origin,
    0 as numerator,
    pupils as denominator,
    pupils_more as denominator_more,
    provisional,
    day,
    up_to,
    row_id
from pupils_of
union all
select
    'decisions' as measure,
    organisation_id,
    period_id,
    category,
    cluster,
    origin,
    result,
    null as own_category,
    null as own_cluster,
    null as own_origin,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    null as up_to,
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
    category as own_category,
    cluster as own_cluster,
    origin as own_origin,
    case when result = 'toegekend' then 1 else 0 end as numerator,
    1 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    null as up_to,
    row_id
from decision
