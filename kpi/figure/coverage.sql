-- kpi_met: one row per requirement, organisation and period in which it is expected to be met: how
-- many organisations should have delivered, how many did, with which deliveries, and how many
-- locations had only what may stand in for the source that goes first (numbers for a list).
-- Measures that ask the same of the same organisations share a requirement.
create table kpi_met as
with
-- what was delivered for each need; a count on one day is complete as soon as that day is reached
fed as (
    select
        kpi_need.requirement,
        kpi_need.need,
        kpi_need.place,
        kpi_requirement.standing_on,
        delivered.organisation_id,
        delivered.period_id,
        delivered.delivery_id,
        coalesce(delivered.partial, false)
        and coalesce(
            kpi_requirement.standing_on is null
            or delivery.covers_to < case
                when kpi_requirement.standing_on = 'count_date' then period.count_on
                else period.end_on
            end,
            false
        ) as partial
    from kpi_need
    inner join kpi_requirement using (requirement)
    inner join delivered using (topic)
    inner join period using (period_id)
    left join delivery using (delivery_id)
),

-- a need is partly met only when nothing meets it completely; a count on a day that is still to
-- come is not met at all
met as (
    select
        requirement,
        need,
        organisation_id,
        period_id,
        bool_and(partial) as partial
    from fed
    group by
        requirement,
        need,
        standing_on,
        organisation_id,
        period_id
    having standing_on is null
        or not bool_and(partial)
),

met_by_swv as (
    select met.*
    from met
    inner join kpi_requirement using (requirement)
    inner join swv using (organisation_id)
    where kpi_requirement.level = 'swv'
),

-- what locations must bring: everything, or what nobody delivered for the SWV as a whole
asked as (
    select
        kpi_requirement.requirement,
        kpi_requirement.level,
        period.period_id,
        kpi_requirement.needs - count(met_by_swv.need) as needs,
        coalesce(bool_or(met_by_swv.partial), false) as partial
    from kpi_requirement
    cross join period
    left join met_by_swv using (requirement, period_id)
    group by
        kpi_requirement.requirement,
        kpi_requirement.level,
        kpi_requirement.needs,
        period.period_id
),

met_by_location as (
    select met.*
    from met
    inner join organisation using (organisation_id)
    anti join met_by_swv using (requirement, need, period_id)
    where organisation.organisation_type = 'locatie'
),

complete as (
    select
        asked.requirement,
        asked.period_id,
        met_by_location.organisation_id,
        bool_or(met_by_location.partial) as partial
    from asked
    inner join met_by_location using (requirement, period_id)
    group by
        asked.requirement,
        asked.period_id,
        asked.needs,
        met_by_location.organisation_id
    having count(*) = asked.needs
),

-- a need that locations never met is one the SWV itself has to meet
by_locations as (
    select
        asked.requirement,
        asked.period_id
    from asked
    where asked.level = 'location'
        or (
            asked.needs > 0
            and asked.requirement in (select requirement from met_by_location)
        )
),

-- where the source itself holds the zeros, only what has a row was delivered
without_row as (
    select
        kpi_explicit.requirement,
        member.organisation_id,
        member.period_id
    from kpi_explicit
    inner join membership as member
        on member.organisation_id = member.ancestor_id
    anti join kpi_observation as observation
        on kpi_explicit.kpi_id = observation.kpi_id
        and kpi_explicit.measure = observation.measure
        and member.organisation_id = observation.organisation_id
        and member.period_id = observation.period_id
        and observation.segment = ''
),

located as (
    select
        kpi_expected.requirement,
        member.period_id,
        member.organisation_id,
        (asked.needs = 0 or complete.organisation_id is not null)
        and without_row.requirement is null as observed,
        member.closed,
        asked.partial or coalesce(complete.partial, false) as partial
    from by_locations
    inner join asked using (requirement, period_id)
    inner join kpi_expected using (requirement)
    inner join organisation using (school_type)
    inner join membership as member using (organisation_id, period_id)
    left join complete using (requirement, period_id, organisation_id)
    left join without_row using (requirement, period_id, organisation_id)
    where organisation.organisation_type = 'locatie'
        and member.ancestor_type = 'locatie'
),

-- What an organisation is part of. Of what happens (rows with a day) a location has a figure under
-- every board it had in the period, each for its own part; how things stand is of the last.
earlier_board as (
    select distinct
        period.period_id,
        tree.organisation_id,
        tree.ancestor_id,
        tree.ancestor_type
    from organisation_tree as tree
    inner join period
        on coalesce(tree.from_on, period.end_on) <= period.end_on
        and coalesce(tree.to_on, period.end_on) >= period.start_on
    inner join organisation
        on tree.organisation_id = organisation.organisation_id
    anti join membership as member
        on member.period_id = period.period_id
        and member.organisation_id = tree.organisation_id
        and member.ancestor_id = tree.ancestor_id
    where tree.ancestor_type = 'bestuur'
        and organisation.organisation_type = 'locatie'
),

dated as (
    select distinct kpi_measure.requirement
    from kpi_measure
    inner join kpi_dated using (kpi_id)
    inner join kpi_requirement using (requirement)
    where kpi_requirement.standing_on is null
),

under as (
    select
        cast(null as varchar) as requirement,
        period_id,
        organisation_id,
        ancestor_id,
        ancestor_type
    from membership

    union all

    select
        dated.requirement,
        earlier_board.period_id,
        earlier_board.organisation_id,
        earlier_board.ancestor_id,
        earlier_board.ancestor_type
    from earlier_board
    cross join dated
),

-- a location that closed during the period is expected only when it delivered
counted as (
    select
        located.requirement,
        member.ancestor_id as organisation_id,
        located.period_id,
        count(*) filter (where located.observed or not located.closed) as expected,
        count(*) filter (where located.observed) as observed,
        bool_or(located.partial) filter (where located.observed) as partial
    from located
    inner join under as member
        on located.period_id = member.period_id
        and located.organisation_id = member.organisation_id
        and coalesce(member.requirement, located.requirement) = located.requirement
    inner join kpi_requirement
        on located.requirement = kpi_requirement.requirement
    where kpi_requirement.level = 'location'
        or member.ancestor_type = 'swv'
    group by all
    having count(*) filter (where located.observed or not located.closed) > 0

    union all

    select
        asked.requirement,
        swv.organisation_id,
        asked.period_id,
        1 as expected,
        case when asked.needs = 0 and without_row.requirement is null then 1 else 0 end as observed,
        asked.partial
    from asked
    cross join swv
    left join without_row using (requirement, period_id, organisation_id)
    anti join by_locations using (requirement, period_id)
),

-- needs that a location met only with what may stand in, such as numbers where a list goes first
stands_in as (
    select
        requirement,
        organisation_id,
        period_id
    from fed
    where standing_on is null or not partial
    group by
        requirement,
        need,
        organisation_id,
        period_id
    having min(place) > 0
),

-- how many of such locations lie under each organisation
other as (
    select
        stands_in.requirement,
        member.ancestor_id as organisation_id,
        stands_in.period_id,
        count(distinct stands_in.organisation_id) as locations
    from stands_in
    inner join organisation using (organisation_id)
    inner join under as member
        on stands_in.period_id = member.period_id
        and stands_in.organisation_id = member.organisation_id
        and coalesce(member.requirement, stands_in.requirement) = stands_in.requirement
    where organisation.organisation_type = 'locatie'
    group by all
),

-- the deliveries behind it: those for the organisation itself and for everything under it
deliveries as (
    select
        fed.requirement,
        member.ancestor_id as organisation_id,
        fed.period_id,
        list(distinct fed.delivery_id order by fed.delivery_id)
            filter (where fed.delivery_id is not null) as deliveries
    from fed
    inner join under as member
        on fed.period_id = member.period_id
        and fed.organisation_id = member.organisation_id
        and coalesce(member.requirement, fed.requirement) = fed.requirement
    group by all
),

-- the periods that some measure with this requirement has
wanted as (
    select distinct
        kpi_measure.requirement,
        kpi_measure_period.period_id
    from kpi_measure
    inner join kpi_measure_period using (kpi_id, measure)
)

select
    counted.requirement,
    counted.organisation_id,
    counted.period_id,
    counted.expected,
    counted.observed,
    coalesce(counted.partial, false) as partial,
    coalesce(other.locations, 0) as other_source,
    coalesce(deliveries.deliveries, []) as deliveries
from counted
inner join wanted using (requirement, period_id)
left join other using (requirement, organisation_id, period_id)
left join deliveries using (requirement, organisation_id, period_id);

-- The same for every KPI and measure.
create view kpi_coverage as
select
    kpi_measure.kpi_id,
    kpi_measure.measure,
    kpi_met.* exclude (requirement)
from kpi_measure
inner join kpi_met using (requirement)
inner join kpi_measure_period using (kpi_id, measure, period_id);
