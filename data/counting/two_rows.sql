-- One row per stretch of time in which a row counts, of rows that do not count all their time: their
-- person stands on another one at once (answered_pair) and somebody said which of the two counts as
-- long as both last: laatste, the one that began last, or eerste. Of the same first day the order of
-- what names them decides. from_on up to, not including, until (9999-12-31: still); a row that counts
-- at no time is there once, with empty days.
with

standing as (
    select
        row_time.source,
        row_time.thing,
        row_time.row_id,
        row_time.from_on,
        coalesce(row_time.until, last_row.gone_on, date '9999-12-31') as until
    from last_row
    inner join row_time
        on last_row.row_id = row_time.row_id
),

-- the time of another row, in which this one does not count
taken as (
    select
        here.row_id,
        here.from_on as row_from,
        here.until as row_until,
        greatest(here.from_on, there.from_on) as from_on,
        least(here.until, there.until) as until
    from answered_pair as pair
    inner join standing as here
        on pair.source = here.source
        and pair.thing = here.thing
    inner join standing as there
        on pair.source = there.source
        and pair.other_thing = there.thing
        and here.from_on < there.until
        and there.from_on < here.until
    where pair.asked = 'two_rows'
        and case pair.answer
            when 'laatste' then (there.from_on, there.thing) > (here.from_on, here.thing)
            else (there.from_on, there.thing) < (here.from_on, here.thing)
        end
),

edge as (
    select row_id, row_from as day from taken
    union
    select row_id, row_until from taken
    union
    select row_id, from_on from taken
    union
    select row_id, until from taken
),

slice as (
    select
        row_id,
        day as from_on,
        lead(day) over ahead as until,
        row_number() over ahead as slice_no
    from edge
    window ahead as (partition by row_id order by day)
),

left_over as (
    select
        slice.*,
        slice_no - row_number() over (partition by slice.row_id order by slice_no) as island
    from slice
    where slice.until is not null
        and not exists (
            select 1
            from taken
            where taken.row_id = slice.row_id
                and taken.from_on <= slice.from_on
                and slice.until <= taken.until
        )
),

own as (
    select
        row_id,
        min(from_on) as from_on,
        max(until) as until
    from left_over
    group by
        row_id,
        island
)

select
    touched.row_id,
    own.from_on,
    own.until,
    own.until = touched.row_until as is_last
from (select distinct row_id, row_until from taken) as touched
left join own
    on touched.row_id = own.row_id
