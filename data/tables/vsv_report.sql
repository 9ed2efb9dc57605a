-- One row per location, school year and status (voorlopig, definitief): new early leavers as reported.
-- The final figures of a year replace the provisional ones in table vsv; here both stay, each from the
-- last delivery that held that status for the year, with what only added to it.
with in_delivery as (
    select
        rows_of.location_id,
        rows_of.school_year,
        rows_of.leavers,
        rows_of.pupils,
        rows_of.mbo_without_diploma,
        coalesce(rows_of.status, 'voorlopig') as status,
        rows_of.row_id,
        rows_of.delivery_id,
        delivery.seq,
        coalesce(delivery.adds, false) as adds
    from raw_vsv as rows_of
    inner join delivery
        on rows_of.delivery_id = delivery.delivery_id
),

last_of_status as (
    select
        in_delivery.*,
        max(seq) filter (where not adds) over (partition by school_year, status) as last_seq
    from in_delivery
)

select
    location_id as organisation_id,
    school_year,
    status,
    leavers,
    pupils,
    mbo_without_diploma,
    row_id,
    delivery_id
from last_of_status
where seq >= coalesce(last_seq, 0)
