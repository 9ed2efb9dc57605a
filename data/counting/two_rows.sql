-- One row per row that counts for a part of its time or not at all, because its person stands on
-- another one at once (row_pair) and whoever handed in a list said which of the two counts: laatste,
-- the row that began last, so the other stopped when that began; eerste, the row that began first, so
-- the other begins when that stops. starts_on and stops_on: its own days then, empty where they stay
-- as they are; counts: something is left of it. What was said holds as long as the last rows about the
-- same two things overlap.
with

answered as (
    select
        row_pair.source,
        row_pair.thing,
        row_pair.other_thing,
        case
            when mine.seq >= other.seq then coalesce(nullif(mine.two_rows, ''), other.two_rows)
            else coalesce(nullif(other.two_rows, ''), mine.two_rows)
        end as answer
    from row_pair
    inner join delivery as mine
        on row_pair.delivery_id = mine.delivery_id
    inner join delivery as other
        on row_pair.other_delivery_id = other.delivery_id
    where mine.two_rows || other.two_rows <> ''
    qualify row_number() over (
        partition by row_pair.source, row_pair.thing, row_pair.other_thing
        order by greatest(mine.seq, other.seq) desc, least(mine.seq, other.seq) desc
    ) = 1
),

standing as (
    select
        row_time.source,
        row_time.thing,
        row_time.row_id,
        row_time.from_on,
        coalesce(row_time.until, last_row.gone_on, date '9999-12-31') as until,
        row_number() over (
            order by row_time.from_on, delivery.seq, row_time.row_number, row_time.row_id
        ) as place
    from last_row
    inner join row_time
        on last_row.row_id = row_time.row_id
    inner join delivery
        on row_time.delivery_id = delivery.delivery_id
),

own_time as (
    select
        here.row_id,
        here.from_on,
        here.until,
        max(there.until) filter (
            where answered.answer = 'eerste' and there.place < here.place
        ) as starts_on,
        min(there.from_on) filter (
            where answered.answer = 'laatste' and there.place > here.place
        ) as stops_on
    from answered
    inner join standing as here
        on answered.source = here.source
        and answered.thing = here.thing
    inner join standing as there
        on answered.source = there.source
        and answered.other_thing = there.thing
        and here.from_on < there.until
        and there.from_on < here.until
    group by
        here.row_id,
        here.from_on,
        here.until
)

select
    row_id,
    starts_on,
    stops_on,
    coalesce(starts_on, from_on) < coalesce(stops_on, until) as counts
from own_time
where starts_on is not null
    or stops_on is not null
