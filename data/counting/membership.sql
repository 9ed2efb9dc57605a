-- One row per period, organisation and organisation above it (itself included). Each organisation
-- stands where it was on its last day in the period; closed says that this day came before the end
-- of the period.
with last_day as (
    select
        period.period_id,
        period.end_on,
        tree.organisation_id,
        max(least(coalesce(tree.to_on, period.end_on), period.end_on)) as day
    from period
    inner join organisation_tree as tree
        on coalesce(tree.from_on, period.end_on) <= period.end_on
        and coalesce(tree.to_on, period.end_on) >= period.start_on
    group by
        period.period_id,
        period.end_on,
        tree.organisation_id
)

select distinct
    last_day.period_id,
    last_day.organisation_id,
    tree.ancestor_id,
    tree.ancestor_type,
    last_day.day < last_day.end_on as closed
from last_day
inner join organisation_tree as tree
    on last_day.organisation_id = tree.organisation_id
    and coalesce(tree.from_on, last_day.day) <= last_day.day
    and coalesce(tree.to_on, last_day.day) >= last_day.day
