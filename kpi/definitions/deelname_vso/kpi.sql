-- grain: measure × what is counted (VSO enrolment at a place, pupils of a school) × period
with

enrolment as (
    select
        -- a VSO school outside the region has no board here, but the SWV pays for the pupil
        coalesce(organisation.organisation_id, swv.organisation_id) as organisation_id,
        swv.organisation_id as swv_id,
        vso_enrolment.lost,
        coalesce(vso_enrolment.cluster, 'onbekend') as cluster,
        coalesce(vso_enrolment.category, 'onbekend') as category,
        vso_enrolment.went_to,
        vso_enrolment.tab,
        vso_enrolment.row_id,
        stands_at.board_id,
        stands_at.counts_from,
        stands_at.until,
        stands_at.last_on,
        stands_at.opens,
        stands_at.opens_here,
        stands_at.closes,
        stands_at.closes_here,
        stands_at.closed,
        stands_at.leaves_closed
    from vso_enrolment
    cross join swv
    inner join stands_at
        on stands_at.location_id is not distinct from vso_enrolment.location_id
        and stands_at.start_on = vso_enrolment.start_on
        and stands_at.end_on is not distinct from vso_enrolment.end_on
    left join organisation on organisation.organisation_id = stands_at.place_id
),

enrolled as (
    select
        enrolment.*,
        period.period_id,
        period.count_on as day
    from enrolment
    inner join period
        on enrolment.counts_from <= period.count_on
        and (enrolment.until is null or enrolment.until > period.count_on)
),

gone as (
    select
        enrolment.*,
        period_day.period_id,
        -- who left the lists is not known to have left the school
        case when lost and closes = 'swv' and not closed then 'lost' else 'left' end as measure,
        case
            when closes <> 'swv' then 'elders'
            when closed then 'locatie_gesloten'
            else 'uitgeschreven'
        end as end_reason,
        left_behind.period_id is not null as left_behind
    from enrolment
    inner join period_day on enrolment.until = period_day.day
    left join left_behind
        on enrolment.leaves_closed
        and left_behind.topic = 'vso'
        and left_behind.location_id = enrolment.organisation_id
        and left_behind.period_id = period_day.period_id
),

moved as (
    select
        'entered' as measure,
        period_day.period_id,
        case when opens = 'bestuur' and not opens_here then board_id else organisation_id end
            as organisation_id,
        cluster,
        category,
        cast(null as varchar) as end_reason,
        period_day.day,
        opens as up_to,
        went_to,
        tab,
        row_id
    from enrolment
    inner join period_day on enrolment.counts_from = period_day.day
    union all
    select
        measure,
        period_id,
        case when closes = 'bestuur' and not closes_here then board_id else organisation_id end,
        cluster, category, end_reason, last_on, closes, went_to, tab, row_id
    from gone
    where not left_behind
    union all
    select
        measure, period_id, board_id, cluster, category, end_reason, last_on, 'bestuur',
        went_to, tab, row_id
    from gone
    where left_behind and closes in ('swv', 'bestuur') and board_id is not null
    union all
    select
        measure, period_id, swv_id, cluster, category, end_reason, last_on, 'swv',
        went_to, tab, row_id
    from gone
    where left_behind and closes = 'swv'
),

place as (
    select
        'pupils' as measure, period_id, organisation_id, cluster, category,
        cast(null as varchar) as end_reason, day, cast(null as varchar) as up_to, row_id
    from enrolled
    union all
    select
        measure, period_id, organisation_id, cluster, category,
        case when measure = 'left' then end_reason end, day, up_to, row_id
    from moved
    union all
    select
        'back_to_regular', period_id, organisation_id, cluster, category, null, day, up_to, row_id
    from moved
    where measure = 'left' and end_reason = 'uitgeschreven' and went_to = 'vo'
    union all
    select 'tab', period_id, organisation_id, cluster, category, null, day, up_to, row_id
    from moved
    where measure = 'left' and end_reason = 'uitgeschreven' and went_to = 'vo' and tab
),

-- who left in the period and who is still there on its last day, which need not be the count date;
-- who is lost is neither, because nobody knows
could_leave as (
    select
        moved.period_id,
        moved.organisation_id,
        1 as has_left,
        case when end_reason = 'uitgeschreven' and went_to = 'vo' then 1 else 0 end as went_back,
        moved.day,
        moved.up_to,
        moved.row_id
    from moved
    where measure = 'left'
    union all
    select
        period.period_id, enrolment.organisation_id, 0, 0, period.end_on, null, enrolment.row_id
    from enrolment
    inner join period
        on enrolment.counts_from <= period.end_on
        and (enrolment.until is null or enrolment.until > period.end_on)
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
    end_reason,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    day,
    up_to,
    row_id
from place
union all
select
    share.measure,
    enrolled.swv_id as organisation_id,
    enrolled.period_id,
    enrolled.cluster,
    enrolled.category,
    null as end_reason,
    1 as numerator,
    0 as denominator,
    0 as denominator_more,
    false as provisional,
    null as day,
    null as up_to,
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
    null as end_reason,
    0 as numerator,
    share_denominator.pupils as denominator,
    share_denominator.pupils_more as denominator_more,
    share_denominator.provisional,
    null as day,
    null as up_to,
    share_denominator.row_id
from share_denominator
cross join swv
union all
select
    outflow.measure,
    could_leave.organisation_id,
    could_leave.period_id,
    null as cluster,
    null as category,
    null as end_reason,
    case outflow.measure when 'left_share' then has_left else went_back end as numerator,
    1 as denominator,
    0 as denominator_more,
    false as provisional,
    could_leave.day,
    could_leave.up_to,
    could_leave.row_id
from could_leave
cross join (values ('left_share'), ('back_share')) as outflow (measure)
