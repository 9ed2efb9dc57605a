-- One row per location, quarter and kind: numbers of boards that deliver no list of spells. Each
-- number is the least there can be; <number>_more is how many there can be on top of it, because
-- only a mark (<5) is known.
with known as (
    select
        *,
        coalesce(stock, case when stock_mark is not null then 0 end) as least_stock,
        case when stock_mark is null then 0 else 4 end as more_stock,
        coalesce(over_3_months, case when over_3_months_mark is not null then 0 end) as least_long
    from stg_verzuim_aantallen
),

-- no more at home for three months than are at home
within_stock as (
    select
        *,
        case when over_3_months_mark is null then 0 else least(4, least_stock + more_stock) end
            as more_long
    from known
)

select
    location_id,
    period_id,
    kind,
    least_stock as stock,
    more_stock as stock_more,
    coalesce(new, case when new_mark is not null then 0 end) as new,
    case when new_mark is null then 0 else 4 end as new_more,
    coalesce(ended, case when ended_mark is not null then 0 end) as ended,
    case when ended_mark is null then 0 else 4 end as ended_more,
    least_long as over_3_months,
    more_long as over_3_months_more,
    coalesce(
        over_3_months_no_offer,
        case when over_3_months_no_offer_mark is not null then 0 end
    ) as over_3_months_no_offer,
    case
        when over_3_months_no_offer_mark is null then 0
        else least(4, least_long + more_long)
    end as over_3_months_no_offer_more,
    row_id,
    delivery_id
from within_stock
