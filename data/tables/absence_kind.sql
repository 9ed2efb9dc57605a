-- One row per stretch of absence_stretch and time in which its kind is the one the pupil is absent
-- in: nobody is absent in two kinds at once. Where two overlap, the kind with the greatest rank
-- counts and the other stops there (cut), or is only counted before and after it; after it start_on is
-- the day he is in it again.
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
),

of_clash as (
    select
        lasting.* replace (
            own_time.counts_from as counts_from,
            own_time.until as until,
            lasting.closed and own_time.until = lasting.until as closed
        ),
        own_time.until < lasting.until as cut
    from lasting
    inner join own_time
        on lasting.rank = own_time.rank
    union all
    select
        absence_stretch.*,
        false as cut
    from absence_stretch
    inner join clash
        on absence_stretch.person_id = clash.person_id
    where absence_stretch.counts_from = absence_stretch.until
),

-- who is absent in this kind again after another one has a new stay
resumed as (
    select
        of_clash.*,
        case
            when counts_from <= max(until) over (
                partition by person_id, kind, start_on, at_home
                order by counts_from, until, rank
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first
    from of_clash
),

numbered as (
    select
        resumed.*,
        sum(is_first) over (
            partition by person_id, kind, start_on, at_home
            order by counts_from, until, rank
        ) as time_no
    from resumed
)

select
    numbered.* exclude (is_first, time_no) replace (
        case
            when time_no = 1 then start_on
            else min(counts_from) over (partition by person_id, kind, start_on, at_home, time_no)
        end as start_on
    )
from numbered

union all

select
    absence_stretch.*,
    false as cut
from absence_stretch
left join clash
    on absence_stretch.person_id = clash.person_id
where clash.person_id is null
