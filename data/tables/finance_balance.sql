-- One row per calendar year and status (begroting, prognose, realisatie): income and public equity in
-- euros.
-- of every year and status the last delivery that held it, and what only added to that
with in_delivery as (
    select
        rows_of.*,
        delivery.seq,
        max(delivery.seq) filter (where not coalesce(delivery.adds, false)) over (
            partition by rows_of.year, rows_of.status
        ) as last_seq
    from raw_balans as rows_of
    inner join delivery
        on rows_of.delivery_id = delivery.delivery_id
)

select
    year,
    status,
    gross_income,
    public_equity,
    row_id,
    delivery_id
from in_delivery
where seq >= coalesce(last_seq, 0)
