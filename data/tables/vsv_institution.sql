-- One row per school (BRIN) of the SWV, school year, published structure and municipality: new early
-- leavers as DUO publishes them. Of a year the final figures count where they are. A BRIN can have
-- locations outside the SWV; DUO does not tell which.
with own_school as (
    select distinct left(location_id, 4) as brin
    from location
    where school_type in ('vo', 'pro')
),

ranked as (
    select
        rows_of.*,
        rank() over (
            partition by rows_of.school_year, rows_of.brin
            order by case rows_of.status when 'definitief' then 1 else 2 end
        ) as place
    from apart_duo_vsv as rows_of
    inner join own_school
        on rows_of.brin = own_school.brin
)

select
    school_year,
    brin,
    -- a code is part of the address of a figure, so it holds no comma, = or space
    trim(regexp_replace(upper(structure), '[^A-Z0-9]+', '_', 'g'), '_') as structure,
    trim(structure) as structure_name,
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
