-- One row per calendar year, status (begroting, prognose, realisatie) and post: an amount in euros.
select
    year,
    status,
    post,
    amount,
    row_id,
    delivery_id
from apart_financien
