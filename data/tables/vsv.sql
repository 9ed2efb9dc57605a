-- One row per location and school year: new early leavers. Final figures win over provisional ones,
-- which go on counting for a location that has no final ones.
select
    organisation_id,
    school_year,
    leavers,
    leavers_more,
    pupils,
    pupils_more,
    status,
    mbo_without_diploma,
    mbo_without_diploma_more,
    row_id,
    delivery_id
from vsv_report
qualify row_number() over (
    partition by organisation_id, school_year
    order by case status when 'definitief' then 1 else 2 end, row_id
) = 1
