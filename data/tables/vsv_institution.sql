-- One row per school (BRIN) of the SWV, school year, published structure and municipality: new early
-- leavers as DUO publishes them. Of a year the final figures count where they are. A BRIN can have
-- locations outside the SWV; DUO does not tell which. pupils and leavers are the least there can be;
-- <number>_more is how many there can be on top of it, because only a mark (<5) is known.
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
    coalesce(pupils, leavers, 0) as pupils,
    case when pupils_mark is null then 0 else 4 - coalesce(leavers, 0) end as pupils_more,
    coalesce(leavers, 0) as leavers,
    case when leavers_mark is null then 0 else least(4, coalesce(pupils, 4)) end as leavers_more,
    -- parts of a number that is not known say nothing
    case when leavers_mark is null then with_vmbo end as with_vmbo,
    case when leavers_mark is null then with_mbo1 end as with_mbo1,
    case when leavers_mark is null then without_diploma end as without_diploma,
    status,
    row_id,
    delivery_id
from ranked
where place = 1
