-- Figures that differ between two sets, `sealed` and `now`; was_… and is_… are null where a set has
-- no such figure.
select
    coalesce(sealed.kpi_id, now.kpi_id) as kpi_id,
    coalesce(sealed.measure, now.measure) as measure,
    coalesce(sealed.organisation_id, now.organisation_id) as organisation_id,
    coalesce(sealed.period_id, now.period_id) as period_id,
    coalesce(sealed.segment, now.segment) as segment,
    sealed.state as was_state,
    sealed.value as was_value,
    sealed.numerator as was_numerator,
    sealed.denominator as was_denominator,
    sealed.provisional as was_provisional,
    now.state as is_state,
    now.value as is_value,
    now.numerator as is_numerator,
    now.denominator as is_denominator,
    now.provisional as is_provisional
from sealed
full outer join now
    on sealed.kpi_id = now.kpi_id
    and sealed.measure = now.measure
    and sealed.organisation_id = now.organisation_id
    and sealed.period_id = now.period_id
    and sealed.segment = now.segment
where sealed is distinct from now
order by
    kpi_id,
    measure,
    organisation_id,
    period_id,
    segment
