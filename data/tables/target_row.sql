-- One row per target that was delivered as a file: KPI, measure, segment, organisation, first day.
select
    kpi,
    measure,
    segment,
    organisation_id,
    kind,
    amount,
    base_period,
    base_value,
    method,
    steps,
    margin,
    bound,
    valid_from,
    valid_to,
    origin,
    document,
    row_id,
    delivery_id
from stg_streefwaarden
