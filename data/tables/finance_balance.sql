-- One row per calendar year and status (begroting, prognose, realisatie): income and public equity in
-- euros.
select
    year,
    status,
    gross_income,
    public_equity,
    row_id,
    delivery_id
from apart_balans
