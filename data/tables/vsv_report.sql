-- One row per location, school year and status (voorlopig, definitief): new early leavers as reported.
-- Final figures win over provisional ones in table vsv; here both stay. Each number is the least
-- there can be; <number>_more is how many there can be on top of it, because only a mark (<5) is
-- known.
with known as (
    select
        *,
        coalesce(leavers, case when leavers_mark is not null then 0 end) as least_leavers
    from apart_vsv
),

-- who left was a pupil
with_pupils as (
    select
        *,
        case when pupils_mark is null then pupils else least_leavers end as least_pupils,
        case when pupils_mark is null then pupils else 4 end as most_pupils
    from known
)

select
    location_id as organisation_id,
    school_year,
    status,
    least_leavers as leavers,
    case when leavers_mark is null then 0 else least(4, most_pupils) end as leavers_more,
    least_pupils as pupils,
    most_pupils - least_pupils as pupils_more,
    coalesce(
        mbo_without_diploma,
        case when mbo_without_diploma_mark is not null then 0 end
    ) as mbo_without_diploma,
    case when mbo_without_diploma_mark is null then 0 else least(4, most_pupils) end
        as mbo_without_diploma_more,
    row_id,
    delivery_id
from with_pupils
