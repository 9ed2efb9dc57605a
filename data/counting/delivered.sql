-- One row per source, organisation, period and delivery that speaks for it. partial: the deliveries
-- reach into the period, but not up to the day that is needed, or not back to its start.
with covering as (
    select
        counted.source,
        counted.slot,
        counted.delivery_id,
        organisation.organisation_id
    from counted
    inner join delivery using (delivery_id)
    inner join organisation
        on counted.location_id = organisation.organisation_id
        or (
            counted.location_id = ''
            and delivery.scope = 'swv'
            and organisation.organisation_type <> 'locatie'
        )

    union all

    select
        counted_whole.source,
        counted_whole.slot,
        counted_whole.delivery_id,
        organisation.organisation_id
    from counted_whole
    cross join organisation
),

stretch as (
    select
        source_rule.topic,
        source_rule.spans = 'period' as strict,
        source_rule.by_row,
        covering.source,
        covering.slot,
        covering.delivery_id,
        covering.organisation_id,
        coalesce(delivery_part.covers_from, date '0001-01-01') as covers_from,
        coalesce(delivery_part.covers_to, date '9999-12-31') as covers_to
    from covering
    inner join delivery_part using (delivery_id, slot)
    inner join source_rule using (source)
),

-- Stretches join up over a gap of a month: school years end on 30 June and start on 1 August. Sources
-- may take turns: the own list of pupils one year, that of DUO the next.
reached as (
    select
        stretch.*,
        max(covers_to) over (
            partition by topic, strict, organisation_id
            order by covers_from, covers_to, slot
            rows between unbounded preceding and 1 preceding
        ) as reached_on
    from stretch
    where not by_row
),

numbered as (
    select
        reached.*,
        sum(
            case
                when reached_on is null or date_diff('day', reached_on, covers_from) > 32 then 1
                else 0
            end
        ) over (
            partition by topic, strict, organisation_id
            order by covers_from, covers_to, slot
        ) as chain
    from reached
),

chained as (
    select
        topic,
        strict,
        organisation_id,
        chain,
        min(covers_from) as covers_from,
        max(covers_to) as covers_to
    from numbered
    group by all
),

-- An organisation that opened or closed during the period has to be known for its own days only. Of
-- one that closed its last month may be missing: it closes on 31 July, its last file ends on 30 June.
wanted as (
    select
        organisation.organisation_id,
        period.period_id,
        period.period_type,
        period.start_on,
        greatest(period.start_on, coalesce(organisation.from_on, period.start_on)) as needed_from,
        least(
            period.needed_to,
            coalesce(cast(organisation.to_on - interval '31 days' as date), period.needed_to)
        ) as needed_to,
        least(period.needed_to, coalesce(organisation.to_on, period.needed_to)) as there_to
    from membership
    inner join organisation using (organisation_id)
    inner join period using (period_id)
    where membership.organisation_id = membership.ancestor_id
),

judged as (
    select
        chained.topic,
        chained.strict,
        chained.organisation_id,
        wanted.period_id,
        wanted.start_on,
        wanted.there_to,
        wanted.period_type <> 'kwartaal' as may_be_running,
        date_diff('day', wanted.needed_from, chained.covers_from)
            <= case when chained.strict then 0 else 31 end as from_the_start,
        chained.covers_to >= wanted.needed_to as to_the_end
    from chained
    inner join wanted
        on chained.organisation_id = wanted.organisation_id
        and chained.covers_from <= wanted.there_to
        and chained.covers_to >= wanted.start_on
),

by_time as (
    select
        topic,
        strict,
        organisation_id,
        period_id,
        start_on,
        there_to,
        bool_and(not (from_the_start and to_the_end)) as partial
    from judged
    where (to_the_end or may_be_running)
        and (from_the_start or not strict)
    group by all
)

select distinct
    by_time.topic,
    stretch.source,
    by_time.organisation_id,
    by_time.period_id,
    stretch.delivery_id,
    by_time.partial
from by_time
inner join stretch using (topic, strict, organisation_id)
where not stretch.by_row
    and stretch.covers_from <= by_time.there_to
    and stretch.covers_to >= by_time.start_on

union all

-- Rows that name their own period speak for that period only.
select
    stretch.topic,
    stretch.source,
    stretch.organisation_id,
    wanted.period_id,
    stretch.delivery_id,
    false as partial
from stretch
inner join wanted
    on stretch.organisation_id = wanted.organisation_id
    and stretch.slot = wanted.period_id
where stretch.by_row
