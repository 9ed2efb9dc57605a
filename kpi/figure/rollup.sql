-- kpi_value: EVERY FIGURE, one row per KPI, measure, organisation, period and segment. The only place
-- where levels, divisions, states, breaks and comparability are decided. Sums first, divides last.

-- Under which organisations a row counts: those its location belongs to on its last day in the
-- period; a row with a day under the board of that day, when the location had one then.
create table kpi_upward as
with dated as (
    select distinct
        organisation_id,
        period_id,
        day
    from kpi_observation
    where day is not null
),

board_then as (
    select distinct
        dated.organisation_id,
        dated.period_id,
        dated.day,
        tree.ancestor_id,
        tree.ancestor_type
    from dated
    inner join organisation_tree as tree
        on dated.organisation_id = tree.organisation_id
        and coalesce(tree.from_on, dated.day) <= dated.day
        and coalesce(tree.to_on, dated.day) >= dated.day
    where tree.ancestor_type = 'bestuur'
)

select
    organisation_id,
    period_id,
    cast(null as date) as day,
    ancestor_id,
    ancestor_type
from membership

union all

select
    dated.organisation_id,
    dated.period_id,
    dated.day,
    member.ancestor_id,
    member.ancestor_type
from dated
inner join membership as member using (organisation_id, period_id)
left join (select distinct organisation_id, period_id, day from board_then) as known
    using (organisation_id, period_id, day)
where member.ancestor_type <> 'bestuur'
    or known.day is null

union all

select
    organisation_id,
    period_id,
    day,
    ancestor_id,
    ancestor_type
from board_then;

-- What counts where. A row counts when the organisation it stands on is known for that measure and
-- period: a location that delivered, or the SWV itself (a referral without a school) as soon as
-- somebody did. It counts up to the level it says, at every level when it says none, and at the
-- board alone when it says alleen_bestuur.
create view kpi_counted as
select
    observation.kpi_id,
    observation.measure,
    upward.ancestor_id as organisation_id,
    observation.period_id,
    observation.segment,
    observation.numerator,
    observation.denominator,
    observation.squares,
    observation.person_id,
    observation.provisional,
    observation.denominator_more,
    observation.numerator_more,
    observation.shared_by
from kpi_observation as observation
inner join kpi_coverage as coverage using (kpi_id, measure, organisation_id, period_id)
inner join kpi_upward as upward
    on observation.organisation_id = upward.organisation_id
    and observation.period_id = upward.period_id
    and observation.day is not distinct from upward.day
where coverage.observed > 0
    and case upward.ancestor_type
        when 'swv' then coalesce(observation.up_to, 'swv') = 'swv'
        when 'bestuur' then coalesce(observation.up_to, 'swv') <> 'locatie'
        else coalesce(observation.up_to, 'swv') <> 'alleen_bestuur'
    end;

-- How far a mean leans on groups of observations that share something: of a school, the forms. Of
-- each group what its sum is off from what the mean of the figure asks, squared, and its size,
-- squared. What is not known to share anything is one group together: that claims least.
create table kpi_leaning as
with shared as (
    select
        kpi_id,
        measure,
        organisation_id,
        period_id,
        segment,
        shared_by,
        sum(numerator) as numerator,
        cast(sum(denominator) as decimal(19, 4)) as denominator
    from kpi_counted
    where shared_by is not null
    group by all
),

held as (
    select
        shared.*,
        cast(sum(numerator) over figure as double)
        / nullif(cast(sum(denominator) over figure as double), 0) as mean
    from shared
    window figure as (
        partition by kpi_id, measure, organisation_id, period_id, segment
    )
)

-- summed as decimals: a sum of doubles hangs on the order in which threads finish
select
    kpi_id,
    measure,
    organisation_id,
    period_id,
    segment,
    cast(sum(cast(off * off as decimal(38, 8))) as double) as group_squares,
    cast(sum(denominator * denominator) as double) as group_sizes
from (
    select
        held.*,
        cast(numerator as double) - cast(denominator as double) * mean as off
    from held
)
group by all;

-- Sums per level.
create table kpi_sum as
-- a person counts once at every level, whatever the number of rows
with once as (
    select
        kpi_id,
        measure,
        organisation_id,
        period_id,
        segment,
        numerator,
        denominator,
        squares,
        provisional,
        denominator_more,
        numerator_more
    from kpi_counted
    where person_id is null

    union all

    select
        kpi_id,
        measure,
        organisation_id,
        period_id,
        segment,
        1 as numerator,
        0 as denominator,
        null as squares,
        bool_or(provisional) as provisional,
        0 as denominator_more,
        0 as numerator_more
    from kpi_counted
    where person_id is not null
    group by
        kpi_id,
        measure,
        organisation_id,
        period_id,
        segment,
        person_id
)

select
    kpi_id,
    measure,
    organisation_id,
    period_id,
    segment,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    sum(squares) as squares,
    bool_or(provisional) as provisional,
    sum(denominator_more) as denominator_more,
    sum(numerator_more) as numerator_more
from once
group by all;

-- A series is one line in a chart. A segment has one (zeros too) at the organisations where it ever
-- occurs, the whole has one wherever somebody is expected to deliver.
create table kpi_series as
with occurring as (
    select distinct
        kpi_id,
        measure,
        organisation_id,
        segment
    from kpi_sum
    where segment <> ''

    union all

    select distinct
        kpi_id,
        measure,
        organisation_id,
        '' as segment
    from kpi_coverage
)

select
    row_number() over (
        order by
            occurring.organisation_id,
            occurring.kpi_id,
            occurring.measure,
            occurring.segment
    ) as series,
    occurring.kpi_id,
    occurring.measure,
    occurring.organisation_id,
    occurring.segment,
    kpi_segment.denominator_segment,
    kpi_measure.factor,
    kpi_measure.unit
from occurring
inner join kpi_segment using (kpi_id, segment)
inner join kpi_measure using (kpi_id, measure);

-- the periods with a number of their own, in order, and that of the one before
create table kpi_moment as
with numbered_period as (
    select
        period.*,
        row_number() over (
            order by
                period_type,
                position
        ) as number
    from period
)

select
    numbered_period.*,
    previous.number as previous_number
from numbered_period
left join numbered_period as previous
    on numbered_period.previous_period_id = previous.period_id;

-- The figures themselves, without the words that are the same for a whole series or period: those
-- are added when somebody asks, by kpi_value.
create table kpi_figure as
with numerator as (
    select
        kpi_series.series,
        kpi_sum.period_id,
        kpi_sum.numerator,
        kpi_sum.squares,
        kpi_sum.numerator_more,
        kpi_sum.provisional
    from kpi_sum
    inner join kpi_series using (kpi_id, measure, organisation_id, segment)
),

leaning as (
    select
        kpi_series.series,
        kpi_moment.number,
        kpi_leaning.group_squares,
        kpi_leaning.group_sizes
    from kpi_leaning
    inner join kpi_series using (kpi_id, measure, organisation_id, segment)
    inner join kpi_moment using (period_id)
),

denominator as (
    select
        kpi_series.series,
        kpi_sum.period_id,
        kpi_sum.denominator,
        kpi_sum.denominator_more,
        kpi_sum.provisional
    from kpi_sum
    inner join kpi_series
        on kpi_sum.kpi_id = kpi_series.kpi_id
        and kpi_sum.measure = kpi_series.measure
        and kpi_sum.organisation_id = kpi_series.organisation_id
        and kpi_sum.segment = kpi_series.denominator_segment
    where kpi_series.factor is not null
),

placed as (
    select
        kpi_series.series,
        kpi_moment.number,
        kpi_moment.previous_number,
        kpi_version.version,
        kpi_version.is_break,
        coverage.observed,
        coverage.expected,
        coverage.partial,
        coverage.other_source,
        coalesce(numerator.numerator, 0) as numerator,
        coalesce(denominator.denominator, 0) as denominator,
        -- a number that is only known as "fewer than 5": the sums can be this much more
        coalesce(denominator.denominator_more, 0) as denominator_more,
        coalesce(numerator.numerator_more, 0) as numerator_more,
        numerator.squares,
        coverage.partial
        or coalesce(numerator.provisional, false)
        or coalesce(denominator.provisional, false) as provisional,
        case
            when coverage.observed = 0 then null
            when kpi_series.factor is null
                then coalesce(cast(numerator.numerator as double), 0)
            else cast(kpi_series.factor * coalesce(numerator.numerator, 0) as double)
                / cast(nullif(denominator.denominator, 0) as double)
        end as value
    from kpi_coverage as coverage
    inner join kpi_series using (kpi_id, measure, organisation_id)
    inner join kpi_moment using (period_id)
    inner join kpi_version using (kpi_id, period_id)
    left join numerator using (series, period_id)
    left join denominator using (series, period_id)
),

-- the first reason why a figure cannot be compared with the one before, by the rule of
-- comparable.py and sealed with it
compared as (
    select
        placed.* exclude (is_break),
        previous.value as previous_value,
        -- clearly more or fewer locations with another source: as large as the ordinary
        -- differences a test reckons with
        placed.is_break
        or coalesce(
            placed.value is not null
            and previous.value is not null
            and abs(placed.other_source - previous.other_source) > 0.05 * placed.expected,
            false
        ) as is_break,
        case
            when placed.value is null then 'no_value'
            when previous.value is null then 'no_previous'
            when placed.version <> previous.version then 'definition'
            when placed.other_source <> previous.other_source then 'source'
            when placed.partial then 'running'
            when previous.partial then 'previous_running'
            when placed.observed <> placed.expected then 'incomplete'
            when previous.observed <> previous.expected then 'previous_incomplete'
            when placed.expected <> previous.expected then 'organisations'
            when placed.provisional <> previous.provisional then 'provisional'
            when placed.numerator_more > 0 or previous.numerator_more > 0 then 'mark'
        end as not_comparable
    from placed
    left join placed as previous
        on placed.series = previous.series
        and placed.previous_number = previous.number
)

select
    compared.series,
    compared.number,
    compared.numerator,
    compared.denominator,
    compared.denominator_more,
    compared.numerator_more,
    cast(compared.squares as double) as squares,
    leaning.group_squares,
    leaning.group_sizes,
    compared.value,
    compared.observed,
    compared.expected,
    compared.provisional,
    compared.partial,
    compared.version,
    compared.is_break,
    compared.other_source,
    compared.previous_value,
    compared.not_comparable
from compared
left join leaning
    on compared.series = leaning.series
    and compared.number = leaning.number
-- so that what a page reads together lies together, in the same order after every build
order by
    compared.series,
    compared.number;

create view kpi_value as
select
    kpi_series.kpi_id,
    kpi_series.measure,
    kpi_series.organisation_id,
    moment.period_id,
    moment.period_type,
    kpi_series.segment,
    figure.numerator,
    figure.denominator,
    figure.denominator_more,
    figure.numerator_more,
    figure.squares,
    figure.group_squares,
    figure.group_sizes,
    figure.value,
    kpi_series.unit,
    case
        when figure.observed = 0 then 'missing'
        when figure.value is null then 'not_applicable'
        when figure.value = 0 and figure.numerator_more = 0 then 'zero'
        else 'value'
    end as state,
    figure.observed,
    figure.expected,
    figure.provisional,
    figure.partial,
    figure.version as definition_version,
    figure.is_break,
    figure.other_source,
    moment.previous_period_id,
    figure.previous_value,
    figure.not_comparable,
    figure.not_comparable is null as comparable
from kpi_figure as figure
inner join kpi_series
    on figure.series = kpi_series.series
inner join kpi_moment as moment
    on figure.number = moment.number
order by
    figure.series,
    figure.number;

drop table kpi_sum;

drop table kpi_leaning;

drop view kpi_counted;
