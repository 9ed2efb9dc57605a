-- Every figure that a report of the quarter can hold: all periods that had begun by its last day.
select
    kpi_value.kpi_id,
    kpi_value.measure,
    kpi_value.organisation_id,
    kpi_value.period_id,
    kpi_value.segment,
    kpi_value.numerator,
    kpi_value.denominator,
    kpi_value.squares,
    kpi_value.value,
    kpi_value.unit,
    kpi_value.state,
    kpi_value.observed,
    kpi_value.expected,
    kpi_value.provisional,
    kpi_value.partial,
    kpi_value.definition_version,
    kpi_value.is_break,
    kpi_value.previous_value,
    kpi_value.not_comparable
from kpi_value
inner join period
    on kpi_value.period_id = period.period_id
where period.start_on <= $until
order by
    kpi_value.kpi_id,
    kpi_value.measure,
    kpi_value.organisation_id,
    kpi_value.period_id,
    kpi_value.segment
