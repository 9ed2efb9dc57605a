-- One row per kind of code and code: what people call it. The kind is the name of a segment.
select
    'municipality' as kind,
    municipality_code as code,
    max(municipality) as name,
    min(row_id) as row_id,
    min(delivery_id) as delivery_id
from location
where municipality_code is not null and municipality is not null
group by municipality_code

union all

select
    'brin' as kind,
    left(location_id, 4) as code,
    min(name) as name,
    min(row_id) as row_id,
    min(delivery_id) as delivery_id
from location
where name is not null
group by left(location_id, 4)
having count(distinct location_id) = 1

union all

select
    'structure' as kind,
    structure as code,
    max(structure_name) as name,
    min(row_id) as row_id,
    min(delivery_id) as delivery_id
from vsv_institution
group by structure
