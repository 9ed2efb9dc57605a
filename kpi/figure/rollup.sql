-- kpi_value: EVERY FIGURE, one row per KPI, measure, organisation, period and segment. The only place
-- where levels, divisions, states, breaks and comparability are decided. Sums first, divides last.

-- The periods with a number of their own, in order, and that of the one before
create table kpi_moment as
with numbered_period as (
    select
        period.*,
        cast(row_number() over (
            order by
                period_type,
                position
        ) as integer) as number
    from period
)

select
    numbered_period.*,
    previous.number as previous_number
from numbered_period
left join numbered_period as previous
    on numbered_period.previous_period_id = previous.period_id;

-- The organisations with a number of their own: by number grouping and joining is lighter.
create table kpi_organisation as
select
    organisation_id,
    cast(row_number() over (order by organisation_id) as integer) as organisation
from organisation;

-- A part is a segment of a measure, whoever it is about.
create table kpi_part as
select
    cast(row_number() over (
        order by
            kpi_id,
            measure,
            segment
    ) as integer) as part,
    kpi_id,
    measure,
    segment
from (
    select distinct
        kpi_id,
        measure,
        segment
    from kpi_observation

    union

    select
        kpi_id,
        measure,
        '' as segment
    from kpi_measure
);

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

-- A measure of an organisation, that somebody is expected to deliver for.
create table kpi_line as
select
    cast(row_number() over (
        order by
            expected.organisation_id,
            expected.kpi_id,
            expected.measure
    ) as integer) as line,
    expected.kpi_id,
    expected.measure,
    expected.organisation_id,
    kpi_measure.factor,
    kpi_measure.unit,
    case when kpi_measure.factor is null then cast(0 as double) end as of_nothing
from (
    select distinct
        kpi_id,
        measure,
        organisation_id
    from kpi_coverage
) as expected
inner join kpi_measure using (kpi_id, measure);

-- What is the same for every segment of a line in a period: who delivered, and why none of its
-- figures can be compared with the one before, by the rule of comparable.py.
create table kpi_place as
with placed as (
    select
        kpi_line.line,
        kpi_moment.number,
        kpi_moment.previous_number,
        kpi_version.version,
        kpi_version.is_break,
        coverage.observed,
        coverage.expected,
        coverage.partial,
        coverage.other_source
    from kpi_coverage as coverage
    inner join kpi_line using (kpi_id, measure, organisation_id)
    inner join kpi_moment using (period_id)
    inner join kpi_version using (kpi_id, period_id)
)

select
    placed.*,
    coalesce(previous.observed, 0) > 0 as follows,
    -- clearly more or fewer locations with another source: as large as the ordinary differences a
    -- test reckons with
    coalesce(
        abs(placed.other_source - previous.other_source) > 0.05 * placed.expected,
        false
    ) as is_other_source,
    case
        when placed.version <> previous.version then 'definition'
        when placed.other_source <> previous.other_source then 'source'
        when placed.partial then 'running'
        when previous.partial then 'previous_running'
        when placed.observed <> placed.expected then 'incomplete'
        when previous.observed <> previous.expected then 'previous_incomplete'
        when placed.expected <> previous.expected then 'organisations'
    end as not_comparable
from placed
left join placed as previous
    on placed.line = previous.line
    and placed.previous_number = previous.number
order by
    placed.line,
    placed.number;

-- What counts where. A row counts when the organisation it stands on is known for that measure and
-- period: a location that delivered, or the SWV itself (a referral without a school) as soon as
-- somebody did. It counts up to the level it says, at every level when it says none, and at the
-- board alone when it says alleen_bestuur.
create view kpi_counted as
select
    kpi_part.part,
    kpi_organisation.organisation,
    kpi_moment.number,
    observation.numerator,
    observation.denominator,
    observation.squares,
    observation.person_id,
    observation.provisional,
    observation.denominator_more,
    observation.numerator_more,
    observation.shared_by
from kpi_observation as observation
inner join kpi_part using (kpi_id, measure, segment)
inner join kpi_line using (kpi_id, measure, organisation_id)
inner join kpi_moment using (period_id)
inner join kpi_place using (line, number)
inner join kpi_upward as upward
    on observation.organisation_id = upward.organisation_id
    and observation.period_id = upward.period_id
    and observation.day is not distinct from upward.day
inner join kpi_organisation
    on upward.ancestor_id = kpi_organisation.organisation_id
where kpi_place.observed > 0
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
        part,
        organisation,
        number,
        shared_by,
        cast(sum(numerator) as decimal(18, 4)) as numerator,
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
        partition by part, organisation, number
    )
)

-- summed as decimals: a sum of doubles hangs on the order in which threads finish
select
    part,
    organisation,
    number,
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
        part,
        organisation,
        number,
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
        part,
        organisation,
        number,
        1 as numerator,
        0 as denominator,
        null as squares,
        bool_or(provisional) as provisional,
        0 as denominator_more,
        0 as numerator_more
    from kpi_counted
    where person_id is not null
    group by
        part,
        organisation,
        number,
        person_id
)

select
    part,
    organisation,
    number,
    cast(sum(numerator) as decimal(18, 4)) as numerator,
    cast(sum(denominator) as decimal(18, 4)) as denominator,
    sum(squares) as squares,
    bool_or(provisional) as provisional,
    cast(sum(denominator_more) as decimal(18, 4)) as denominator_more,
    cast(sum(numerator_more) as decimal(18, 4)) as numerator_more
from once
group by all;

-- A series is one line in a chart. A segment has one (zeros too) at the organisations where it ever
-- occurs, the whole has one wherever somebody is expected to deliver. divided_by: the series that
-- holds the denominator, of a measure that is divided.
create table kpi_series as
with occurring as (
    select distinct
        kpi_line.line,
        kpi_sum.part,
        kpi_sum.organisation,
        kpi_part.segment
    from kpi_sum
    inner join kpi_part using (part)
    inner join kpi_organisation using (organisation)
    inner join kpi_line using (kpi_id, measure, organisation_id)
    where kpi_part.segment <> ''

    union all

    select
        kpi_line.line,
        kpi_part.part,
        kpi_organisation.organisation,
        '' as segment
    from kpi_line
    inner join kpi_organisation using (organisation_id)
    inner join kpi_part using (kpi_id, measure)
    where kpi_part.segment = ''
),

numbered as (
    select
        occurring.*,
        cast(row_number() over (
            order by
                line,
                segment
        ) as integer) as series
    from occurring
)

select
    numbered.series,
    numbered.line,
    numbered.part,
    numbered.organisation,
    numbered.segment,
    kpi_line.factor,
    divisor.series as divided_by
from numbered
inner join kpi_line using (line)
inner join kpi_segment using (kpi_id, segment)
left join numbered as divisor
    on numbered.line = divisor.line
    and kpi_segment.denominator_segment = divisor.segment
    and kpi_line.factor is not null;

-- The sums behind figures, only where something was counted, then or in the period before. A figure
-- without a row is zero where somebody delivered and missing where nobody did: kpi_value makes it
-- when somebody asks.
create table kpi_figure as
with summed as (
    select
        kpi_series.series,
        kpi_series.factor,
        kpi_sum.* exclude (part, organisation)
    from kpi_sum
    inner join kpi_series using (part, organisation)
),

divided as (
    select
        kpi_series.series,
        kpi_series.factor,
        summed.number,
        summed.denominator,
        summed.denominator_more,
        summed.provisional
    from kpi_series
    inner join summed
        on kpi_series.divided_by = summed.series
),

leaning as (
    select
        kpi_series.series,
        kpi_leaning.* exclude (part, organisation)
    from kpi_leaning
    inner join kpi_series using (part, organisation)
),

counted as (
    select
        series,
        number,
        coalesce(summed.numerator, 0) as numerator,
        coalesce(divided.denominator, 0) as denominator,
        -- a number that is only known as "fewer than 5": the sums can be this much more
        coalesce(divided.denominator_more, 0) as denominator_more,
        coalesce(summed.numerator_more, 0) as numerator_more,
        cast(summed.squares as double) as squares,
        coalesce(summed.provisional, false) or coalesce(divided.provisional, false) as provisional,
        case
            when coalesce(summed.factor, divided.factor) is null
                then cast(summed.numerator as double)
            else cast(divided.factor * coalesce(summed.numerator, 0) as double)
                / cast(nullif(divided.denominator, 0) as double)
        end as value
    from summed
    full outer join divided using (series, number)
),

previous as (
    select
        counted.series,
        kpi_moment.number,
        counted.value,
        counted.provisional,
        counted.numerator_more
    from counted
    inner join kpi_moment
        on counted.number = kpi_moment.previous_number
)

select
    series,
    number,
    coalesce(counted.numerator, 0) as numerator,
    coalesce(counted.denominator, 0) as denominator,
    coalesce(counted.denominator_more, 0) as denominator_more,
    coalesce(counted.numerator_more, 0) as numerator_more,
    counted.squares,
    leaning.group_squares,
    leaning.group_sizes,
    coalesce(counted.provisional, false) as provisional,
    counted.value,
    previous.value as previous_value,
    case
        when coalesce(counted.provisional, false) <> coalesce(previous.provisional, false)
            then 'provisional'
        when counted.numerator_more > 0 or previous.numerator_more > 0 then 'mark'
    end as not_comparable
from counted
full outer join previous using (series, number)
left join leaning using (series, number)
-- so that what a page reads together lies together, in the same order after every build
order by
    series,
    number;

create view kpi_value as
with figure as (
    select
        kpi_line.kpi_id,
        kpi_line.measure,
        kpi_line.organisation_id,
        kpi_line.unit,
        kpi_series.series,
        kpi_series.segment,
        place.* exclude (not_comparable),
        coalesce(figure.numerator, 0) as numerator,
        coalesce(figure.denominator, 0) as denominator,
        coalesce(figure.denominator_more, 0) as denominator_more,
        coalesce(figure.numerator_more, 0) as numerator_more,
        figure.squares,
        figure.group_squares,
        figure.group_sizes,
        place.partial or coalesce(figure.provisional, false) as provisional,
        -- of what nobody counted the number is zero, and there is no share
        case
            when place.observed > 0 then coalesce(figure.value, kpi_line.of_nothing)
        end as value,
        case
            when place.follows then coalesce(figure.previous_value, kpi_line.of_nothing)
        end as previous_value,
        coalesce(place.not_comparable, figure.not_comparable) as not_comparable
    from kpi_line
    inner join kpi_series
        on kpi_line.line = kpi_series.line
    inner join kpi_place as place
        on kpi_line.line = place.line
    left join kpi_figure as figure
        on kpi_series.series = figure.series
        and place.number = figure.number
),

compared as (
    select
        figure.*,
        case
            when value is null then 'no_value'
            when previous_value is null then 'no_previous'
            else not_comparable
        end as reason
    from figure
)

select
    figure.kpi_id,
    figure.measure,
    figure.organisation_id,
    moment.period_id,
    moment.period_type,
    figure.segment,
    figure.numerator,
    figure.denominator,
    figure.denominator_more,
    figure.numerator_more,
    figure.squares,
    figure.group_squares,
    figure.group_sizes,
    figure.value,
    figure.unit,
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
    figure.is_break
    or (
        figure.is_other_source
        and figure.value is not null
        and figure.previous_value is not null
    ) as is_break,
    figure.other_source,
    moment.previous_period_id,
    figure.previous_value,
    figure.reason as not_comparable,
    figure.reason is null as comparable
from compared as figure
inner join kpi_moment as moment
    on figure.number = moment.number
order by
    figure.series,
    figure.number;

drop table kpi_sum;

drop table kpi_leaning;

drop view kpi_counted;

drop table kpi_observation;
