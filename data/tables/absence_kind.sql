-- One row per stretch of absence_stretch and time in which its kind is the one the pupil is absent
-- in: nobody is absent in two kinds at once. Where two overlap, the kind with the greatest rank
-- counts and the other stops there (cut), or is only counted before and after it.
with

clash as (
    select distinct here.person_id
    from absence_stretch as here
    inner join absence_stretch as there
        on here.person_id = there.person_id
        and here.kind < there.kind
        and here.counts_from < there.until
        and there.counts_from < here.until
),

-- who came and went on one day takes no time of another
lasting as (
    select absence_stretch.*
    from absence_stretch
    inner join clash
        on absence_stretch.person_id = clash.person_id
    where absence_stretch.counts_from < absence_stretch.until
),

edge as (
    select
        person_id,
        counts_from as day
    from lasting
    union
    select
        person_id,
        until as day
    from lasting
),

slice as (
    select
        person_id,
        day as from_on,
        lead(day) over ahead as until,
        row_number() over ahead as slice_no
    from edge
    window ahead as (partition by person_id order by day)
),

within as (
    select
        slice.slice_no,
        slice.from_on,
        slice.until as slice_until,
        lasting.rank,
        lasting.person_id,
        lasting.kind,
        first_value(lasting.kind) over (
            partition by lasting.person_id, slice.slice_no
            order by lasting.rank desc
        ) as kind_that_counts
    from slice
    inner join lasting
        on slice.person_id = lasting.person_id
        and lasting.counts_from <= slice.from_on
        and slice.until <= lasting.until
),

kept as (
    select
        rank,
        from_on,
        slice_until,
        slice_no - row_number() over (partition by rank order by slice_no) as island
    from within
    where kind = kind_that_counts
),

own_time as (
    select
        rank,
        min(from_on) as counts_from,
        max(slice_until) as until
    from kept
    group by
        rank,
        island
)

select
    absence_stretch.* replace (
        own_time.counts_from as counts_from,
        own_time.until as until,
        absence_stretch.closed and own_time.until = absence_stretch.until as closed
    ),
    own_time.until < absence_stretch.until as cut
from absence_stretch
inner join own_time
    on absence_stretch.rank = own_time.rank

union all

select
    absence_stretch.*,
    false as cut
from absence_stretch
left join clash
    on absence_stretch.person_id = clash.person_id
where clash.person_id is null
    or absence_stretch.counts_from = absence_stretch.until
