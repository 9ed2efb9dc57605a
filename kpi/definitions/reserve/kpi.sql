-- grain: measure × calendar year, in the best status of that year or in one status of it
with

balance as (
    select
        swv.organisation_id,
        period.period_id,
        finance_balance.status,
        case finance_balance.status when 'realisatie' then 1 when 'prognose' then 2 else 3 end as rank,
        finance_balance.public_equity as equity,
        finance_balance.gross_income as income,
        -- signaleringswaarde: 3,5 % of gross income, but at least € 250.000
        greatest(0.035 * finance_balance.gross_income, 250000) as signal_value,
        finance_balance.row_id
    from finance_balance
    cross join swv
    inner join period on period.period_id = cast(finance_balance.year as varchar)
    where period.period_type = 'kalenderjaar'
        and finance_balance.public_equity is not null
        and finance_balance.gross_income is not null
),

best_rank as (
    select
        period_id,
        min(rank) as rank
    from balance
    group by period_id
),

best as (
    select balance.*
    from balance
    inner join best_rank
        on best_rank.period_id = balance.period_id
        and best_rank.rank = balance.rank
),

-- budget, forecast and actual as series of their own: each holds only its own status
by_status as (
    select
        case status when 'begroting' then 'budget' when 'prognose' then 'forecast' else 'actual' end
            as series,
        balance.*
    from balance
    where status in ('begroting', 'prognose', 'realisatie')
),

figure as (
    select 'ratio' as measure, equity as numerator, income as denominator, best.*
    from best
    union all
    select 'equity', equity, 0, best.*
    from best
    union all
    select 'signal_share', signal_value, income, best.*
    from best
    union all
    select 'signal_value', signal_value, 0, best.*
    from best
    union all
    select 'above_signal', equity - signal_value, 0, best.*
    from best
)

select
    measure,
    organisation_id,
    period_id,
    numerator,
    denominator,
    rank > 1 as provisional,
    row_id
from figure
union all
select
    'equity_' || series as measure,
    organisation_id,
    period_id,
    equity as numerator,
    0 as denominator,
    false as provisional,
    row_id
from by_status
union all
select
    'above_signal_' || series as measure,
    organisation_id,
    period_id,
    equity - signal_value as numerator,
    0 as denominator,
    false as provisional,
    row_id
from by_status
