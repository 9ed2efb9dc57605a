-- Pupils of a location in a school year: the own list (the count nearest to 1 October) beside DUO.
-- Only where both have a number.
with own_counts as (
    select
        location_id,
        count_on,
        cast(extract(year from count_on - interval '7 months') as integer) as first_year,
        cast(sum(pupils) as bigint) as pupils
    from stg_leerlingen
    where pupils is not null
    group by
        location_id,
        count_on
),

ranked as (
    select
        own_counts.*,
        row_number() over (
            partition by location_id, first_year
            order by
                abs(date_diff('day', make_date(first_year, 10, 1), count_on)),
                count_on
        ) as nearness
    from own_counts
),

duo as (
    select
        stg_duo_leerlingen.location_id,
        cast(substr(delivery.period_id, 1, 4) as integer) as first_year,
        stg_duo_leerlingen.pupils
    from stg_duo_leerlingen
    inner join delivery
        on stg_duo_leerlingen.delivery_id = delivery.delivery_id
)

select
    ranked.location_id as organisation_id,
    cast(ranked.first_year as varchar) || '-' || cast(ranked.first_year + 1 as varchar) as period_id,
    '' as part,
    ranked.pupils as first,
    cast(sum(duo.pupils) as bigint) as second
from ranked
inner join duo
    on ranked.location_id = duo.location_id
    and ranked.first_year = duo.first_year
where ranked.nearness = 1
    and duo.pupils is not null
group by
    ranked.location_id,
    ranked.first_year,
    ranked.pupils
