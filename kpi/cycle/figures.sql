-- Every figure that a report of the quarter can hold: all periods that had begun by its last day.
select kpi_value.*
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
