-- One row per school (BRIN) of the SWV, school year, published structure and municipality: new early
-- leavers as DUO publishes them. Of a year the final figures count where they are, each from the last
-- delivery that held that status. A BRIN can have locations outside the SWV; DUO does not tell which.
with own_school as (
    select distinct left(location_id, 4) as brin
    from location
    where school_type in ('vo', 'pro')
),

in_delivery as (
    select
        rows_of.school_year,
        rows_of.brin,
        trim(rows_of.structure) as structure_name,
        rows_of.municipality_code,
        rows_of.pupils,
        rows_of.leavers,
        rows_of.with_vmbo,
        rows_of.with_mbo1,
        rows_of.without_diploma,
        coalesce(rows_of.status, 'voorlopig') as status,
        rows_of.row_id,
        rows_of.delivery_id,
        delivery.seq,
        coalesce(delivery.adds, false) as adds
    from raw_duo_vsv as rows_of
    inner join delivery
        on rows_of.delivery_id = delivery.delivery_id
    inner join own_school
        on rows_of.brin = own_school.brin
),

last_of_status as (
    select
        in_delivery.*,
        max(seq) filter (where not adds) over (partition by school_year, status) as last_seq
    from in_delivery
),

ranked as (
    select
        last_of_status.*,
        rank() over (
            partition by school_year, brin
            order by case status when 'definitief' then 1 else 2 end
        ) as place
    from last_of_status
    where seq >= coalesce(last_seq, 0)
)

select
    school_year,
    brin,
    -- a code is part of the address of a figure, so it holds no comma, = or space
    trim(regexp_replace(upper(structure_name), '[^A-Z0-9]+', '_', 'g'), '_') as structure,
    structure_name,
    municipality_code,
    pupils,
    leavers,
    with_vmbo,
    with_mbo1,
    without_diploma,
    status,
    row_id,
    delivery_id
from ranked
where place = 1
