-- One row per period and day in it: what happens on a day counts in every period of that day.
select
    period_id,
    period_type,
    cast(unnest(generate_series(start_on, end_on, interval '1 day')) as date) as day
from period
