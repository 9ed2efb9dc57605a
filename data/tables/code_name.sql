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
