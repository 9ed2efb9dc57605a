-- grain: measure × finance post of one status × calendar year
with

amount as (
    select
        swv.organisation_id,
        period.period_id,
        finance_post.status,
        case finance_post.status when 'realisatie' then 1 when 'prognose' then 2 else 3 end as rank,
        coalesce(finance_post.post, 'onbekend') as post,
        finance_post.amount,
        finance_post.row_id
    from finance_post
    cross join swv
    inner join period on period.period_id = cast(finance_post.year as varchar)
    where period.period_type = 'kalenderjaar' and finance_post.amount is not null
),

-- a year is shown in one status as a whole: parts of different status do not make a total
year_status as (
    select
        period_id,
        min(rank) as best_rank,
        max(rank) as worst_rank
    from amount
    group by period_id
),

best as (
    select amount.*
    from amount
    inner join year_status
        on year_status.period_id = amount.period_id
        and year_status.best_rank = amount.rank
),

comparable as (
    select amount.*
    from amount
    inner join year_status on year_status.period_id = amount.period_id
    where year_status.best_rank = 1 and year_status.worst_rank = 3
),

-- the share of each post within one status: the post divides by all posts of that status
status_amount as (
    select
        case status when 'begroting' then 'budget' when 'prognose' then 'forecast' else 'actual' end
            as series,
        amount.*
    from amount
    where status in ('begroting', 'prognose', 'realisatie')
),

status_share as (
    select
        series,
        organisation_id,
        period_id,
        post,
        amount as numerator,
        0 as denominator,
        row_id
    from status_amount
    union all
    select
        series,
        organisation_id,
        period_id,
        null as post,
        0 as numerator,
        amount as denominator,
        row_id
    from status_amount
)

select
    'amount' as measure,
    organisation_id,
    period_id,
    post,
    cast(null as varchar) as own_post,
    amount as numerator,
    0 as denominator,
    rank > 1 as provisional,
    row_id
from best
union all
select
    'share' as measure,
    organisation_id,
    period_id,
    post,
    null as own_post,
    amount as numerator,
    0 as denominator,
    rank > 1 as provisional,
    row_id
from best
union all
select
    'share' as measure,
    organisation_id,
    period_id,
    null as post,
    null as own_post,
    0 as numerator,
    amount as denominator,
    rank > 1 as provisional,
    row_id
from best
union all
select
    series as measure,
    organisation_id,
    period_id,
    post,
    null as own_post,
    amount as numerator,
    0 as denominator,
    false as provisional,
    row_id
from status_amount
union all
select
    series || '_share' as measure,
    organisation_id,
    period_id,
    post,
    null as own_post,
    numerator,
    denominator,
    false as provisional,
    row_id
from status_share
union all
select
    'realised_share' as measure,
    organisation_id,
    period_id,
    null as post,
    post as own_post,
    case when status = 'realisatie' then amount else 0 end as numerator,
    case when status = 'begroting' then amount else 0 end as denominator,
    false as provisional,
    row_id
from comparable
where status in ('realisatie', 'begroting')
