-- One row per calendar year, status (begroting, prognose, realisatie) and post: an amount in euros.
-- of every year and status the last delivery that held it, and what only added to that
with in_delivery as (
    select
        rows_of.*,
        delivery.seq,
        max(delivery.seq) filter (where not coalesce(delivery.adds, false)) over (
            partition by rows_of.year, rows_of.status
        ) as last_seq
    from raw_financien as rows_of
    inner join delivery
        on rows_of.delivery_id = delivery.delivery_id
)

select
    year,
    status,
    post,
    amount,
    row_id,
    delivery_id
from in_delivery
where seq >= coalesce(last_seq, 0)
