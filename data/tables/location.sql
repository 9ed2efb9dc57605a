-- One row per location and board it belongs to. from_on and to_on are the first and the last day of
-- that membership; null is open. The SWV's own list counts; without it the two DUO lists do.
with own as (
    select
        location_id,
        name,
        board_id,
        board_name,
        school_type,
        municipality_code,
        municipality,
        rmc_region,
        from_on,
        to_on,
        merged_into,
        row_id,
        delivery_id
    from stg_locaties
),

duo_vo as (
    select
        location_id,
        name,
        board_id,
        case when upper(trim(structure)) = 'PRO' then 'pro' else 'vo' end as school_type,
        municipality_code,
        municipality,
        rmc_region,
        row_id,
        delivery_id
    from stg_duo_locaties
),

-- The SWV pays for vso of cluster 3 and 4; cluster 1 and 2 have their own organisations.
duo_vso as (
    select
        location_id,
        min(name) as name,
        board_id,
        'vso' as school_type,
        min(municipality_code) as municipality_code,
        min(municipality) as municipality,
        min(rmc_region) as rmc_region,
        min(row_id) as row_id,
        min(delivery_id) as delivery_id
    from stg_duo_so_vso_locaties
    where upper(education) like '%VSO%'
        and coalesce(cluster, '') not in ('1', '2')
    group by
        location_id,
        board_id
),

duo as (
    select * from duo_vo
    union all
    select * from duo_vso
),

duo_of_swv as (
    select
        duo.location_id,
        duo.name,
        duo.board_id,
        'Bestuur ' || duo.board_id as board_name,
        duo.school_type,
        duo.municipality_code,
        duo.municipality,
        duo.rmc_region,
        cast(null as date) as from_on,
        cast(null as date) as to_on,
        cast(null as varchar) as merged_into,
        duo.row_id,
        duo.delivery_id
    from duo
    inner join swv_municipality
        on duo.municipality_code = swv_municipality.municipality_code
    where not exists (select 1 from own)
)

select * from own
union all
select * from duo_of_swv
