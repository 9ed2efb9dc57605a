-- One row per location, count date and kind of school. The SWV's own list wins over DUO per location
-- and school year; the newer DUO layout wins over the older. pupils is null where only a mark (<5)
-- is known; pupils_more is how many there can be on top of what is known: four for every such mark.
with own as (
    select
        location_id,
        count_on,
        cast(extract(year from count_on - interval '7 months') as integer) as first_year,
        school_type,
        pupils,
        pupils_mark,
        case when pupils_mark is null then 0 else 4 end as pupils_more,
        cast(null as bigint) as vavo_pupils,
        cast(null as varchar) as vavo_pupils_mark,
        coalesce(provisional, false) as provisional,
        row_id,
        delivery_id,
        1 as preference
    from stg_leerlingen
),

-- DUO counts on 1 October of the school year the file was delivered for.
duo as (
    select
        stg_duo_leerlingen.location_id,
        cast(substr(delivery.period_id, 1, 4) || '-10-01' as date) as count_on,
        cast(substr(delivery.period_id, 1, 4) as integer) as first_year,
        cast(null as varchar) as school_type,
        stg_duo_leerlingen.pupils,
        stg_duo_leerlingen.pupils_mark,
        case when stg_duo_leerlingen.pupils_mark is null then 0 else 4 end as pupils_more,
        stg_duo_leerlingen.vavo_pupils,
        stg_duo_leerlingen.vavo_pupils_mark,
        false as provisional,
        stg_duo_leerlingen.row_id,
        stg_duo_leerlingen.delivery_id,
        2 as preference
    from stg_duo_leerlingen
    inner join delivery
        on stg_duo_leerlingen.delivery_id = delivery.delivery_id
),

duo_2016_rows as (
    select
        stg_duo_leerlingen_2016.brin || stg_duo_leerlingen_2016.branch as location_id,
        delivery.period_id,
        case
            when upper(stg_duo_leerlingen_2016.education) like 'PRAKTIJKONDERWIJS%' then 'pro'
            else 'vo'
        end as school_type,
        upper(stg_duo_leerlingen_2016.education) like '%VAVO%' as at_vavo,
        coalesce(y1_m, 0) + coalesce(y1_v, 0) + coalesce(y2_m, 0) + coalesce(y2_v, 0)
        + coalesce(y3_m, 0) + coalesce(y3_v, 0) + coalesce(y4_m, 0) + coalesce(y4_v, 0)
        + coalesce(y5_m, 0) + coalesce(y5_v, 0) + coalesce(y6_m, 0) + coalesce(y6_v, 0) as pupils,
        coalesce(
            y1_m_mark, y1_v_mark, y2_m_mark, y2_v_mark, y3_m_mark, y3_v_mark,
            y4_m_mark, y4_v_mark, y5_m_mark, y5_v_mark, y6_m_mark, y6_v_mark
        ) as pupils_mark,
        case when y1_m_mark is null then 0 else 4 end
        + case when y1_v_mark is null then 0 else 4 end
        + case when y2_m_mark is null then 0 else 4 end
        + case when y2_v_mark is null then 0 else 4 end
        + case when y3_m_mark is null then 0 else 4 end
        + case when y3_v_mark is null then 0 else 4 end
        + case when y4_m_mark is null then 0 else 4 end
        + case when y4_v_mark is null then 0 else 4 end
        + case when y5_m_mark is null then 0 else 4 end
        + case when y5_v_mark is null then 0 else 4 end
        + case when y6_m_mark is null then 0 else 4 end
        + case when y6_v_mark is null then 0 else 4 end as pupils_more,
        stg_duo_leerlingen_2016.row_id,
        stg_duo_leerlingen_2016.delivery_id
    from stg_duo_leerlingen_2016
    inner join delivery
        on stg_duo_leerlingen_2016.delivery_id = delivery.delivery_id
),

-- A mark beside numbers says that the sum is the least there can be.
duo_2016 as (
    select
        location_id,
        cast(substr(period_id, 1, 4) || '-10-01' as date) as count_on,
        cast(substr(period_id, 1, 4) as integer) as first_year,
        school_type,
        cast(sum(pupils) as bigint) as pupils,
        max(pupils_mark) as pupils_mark,
        cast(sum(pupils_more) as integer) as pupils_more,
        cast(sum(case when at_vavo then pupils else 0 end) as bigint) as vavo_pupils,
        max(case when at_vavo then pupils_mark end) as vavo_pupils_mark,
        false as provisional,
        min(row_id) as row_id,
        min(delivery_id) as delivery_id,
        3 as preference
    from duo_2016_rows
    group by
        location_id,
        period_id,
        school_type
),

all_counts as (
    select * from own
    union all
    select * from duo
    union all
    select * from duo_2016
),

preferred as (
    select
        all_counts.*,
        min(preference) over (partition by location_id, first_year) as best
    from all_counts
)

select
    preferred.location_id,
    preferred.count_on,
    cast(first_year as varchar) || '-' || cast(first_year + 1 as varchar) as school_year,
    coalesce(preferred.school_type, organisation.school_type) as school_type,
    preferred.pupils,
    preferred.pupils_mark,
    preferred.pupils_more,
    preferred.vavo_pupils,
    preferred.vavo_pupils_mark,
    preferred.provisional,
    preferred.row_id,
    preferred.delivery_id
from preferred
inner join organisation
    on preferred.location_id = organisation.organisation_id
where preferred.preference = preferred.best
