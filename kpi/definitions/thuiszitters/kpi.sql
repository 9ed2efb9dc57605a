-- grain: measure × what is counted (absence spell, quarterly count of a school, exemption) × period
with

-- a later list still holds spells of a period for which no list was delivered: that is not all
listed as (
    select distinct
        organisation_id,
        period_id
    from delivered
    where topic = 'absence'
),

-- AV without a school stands at the SWV, in the periods of which somebody handed in a list
listed_at as (
    select organisation_id, period_id from listed
    union
    select swv.organisation_id, listed.period_id
    from listed
    cross join swv
),

thuiszitter as (
    select
        person_id,
        location_id,
        board_id,
        kind,
        coalesce(sub_kind, 'onbekend') as sub_kind,
        case when permitted then 'ja' when not permitted then 'nee' else 'onbekend' end as permitted,
        coalesce(school_type, 'onbekend') as school_type,
        home_since,
        counts_from,
        end_on,
        -- the last day he counts: that day says of which board he was
        case
            when end_on > counts_from then cast(end_on - interval '1 day' as date)
            else end_on
        end as last_on,
        coalesce(end_reason, 'onbekend') as end_reason,
        opens,
        opens_here,
        closes,
        closes_here,
        leaves_closed,
        precedence,
        offer,
        offer_on,
        compulsory_until,
        qualification_until,
        row_id
    from absence_stay
    where kind in ('av', 'lrv')
),

present as (
    select
        thuiszitter.*,
        period.period_id,
        period.start_on as period_start_on,
        period.end_on as period_end_on
    from thuiszitter
    inner join period
        on thuiszitter.counts_from <= period.end_on
        and (thuiszitter.end_on is null or thuiszitter.end_on >= period.start_on)
    inner join listed_at
        on listed_at.organisation_id = thuiszitter.location_id
        and listed_at.period_id = period.period_id
),

-- a spell that ends on the count date no longer stands, so previous stock + new - ended = stock;
-- who stands at two places counts at each, and once for the board and for the SWV
standing as (
    select
        present.*,
        case
            when row_number() over (
                partition by person_id, kind, period_id order by precedence desc
            ) = 1 then 'swv'
            when row_number() over (
                partition by person_id, kind, period_id, board_id order by precedence desc
            ) = 1 then 'bestuur'
            when row_number() over (
                partition by person_id, kind, period_id, location_id order by precedence desc
            ) = 1 then 'locatie'
        end as up_to
    from present
    where end_on is null or end_on > period_end_on
),

-- who left with the school that closed; it hands in nothing over the period after it
left_behind as (
    select
        thuiszitter.*,
        period.period_id,
        period.start_on as period_start_on,
        period.end_on as period_end_on
    from thuiszitter
    inner join period
        on thuiszitter.end_on between period.start_on and period.end_on
    inner join listed as before
        on before.organisation_id = thuiszitter.location_id
        and before.period_id = period.previous_period_id
    left join listed
        on listed.organisation_id = thuiszitter.location_id
        and listed.period_id = period.period_id
    where thuiszitter.leaves_closed
        and thuiszitter.closes in ('swv', 'bestuur')
        and listed.organisation_id is null
),

-- up_to: the highest level at which it counts
moment as (
    select
        'standing' as moment,
        period_end_on as counted_on,
        period_end_on as day,
        location_id as organisation_id,
        standing.*
    from standing
    where up_to is not null
    union all
    select
        'started' as moment,
        counts_from as counted_on,
        counts_from as day,
        case when opens = 'bestuur' and not opens_here then board_id else location_id end
            as organisation_id,
        present.*,
        opens as up_to
    from present
    where counts_from >= period_start_on and opens is not null
    union all
    select
        -- who left the lists without a word did not stop, and cannot be followed
        case when end_reason = 'niet_te_volgen' then 'lost' else 'stopped' end as moment,
        end_on as counted_on,
        last_on as day,
        case when closes = 'bestuur' and not closes_here then board_id else location_id end
            as organisation_id,
        present.*,
        closes as up_to
    from present
    where end_on <= period_end_on and closes is not null
    union all
    select
        'stopped' as moment,
        end_on as counted_on,
        last_on as day,
        board_id as organisation_id,
        left_behind.*,
        'bestuur' as up_to
    from left_behind
    where board_id is not null
    union all
    select
        'stopped' as moment,
        left_behind.end_on as counted_on,
        left_behind.last_on as day,
        swv.organisation_id,
        left_behind.*,
        'swv' as up_to
    from left_behind
    cross join swv
    where left_behind.closes = 'swv'
    union all
    select
        'seen' as moment,
        case when end_on < period_end_on then end_on else period_end_on end as counted_on,
        case when end_on <= period_end_on then last_on else period_end_on end as day,
        location_id as organisation_id,
        present.*,
        'swv' as up_to
    from present
),

classified as (
    select
        moment.*,
        case
            when cast(home_since + interval '3 months' as date) < counted_on
                then 'langer_dan_3_maanden'
            else 'tot_3_maanden'
        end as duration,
        case
            when counted_on <= compulsory_until then 'leerplichtig'
            -- kept is the last day of the month of the 18th birthday: on that day he is 18
            when counted_on < qualification_until then 'kwalificatieplichtig'
            when qualification_until is not null then 'ouder'
            else 'onbekend'
        end as age,
        case
            when offer and (offer_on is null or offer_on <= counted_on) then 'ja'
            else 'nee'
        end as has_offer
    from moment
),

-- which moment each measure counts; an empty duration or has_offer means: any
figure as (
    select
        'stock' as measure,
        'standing' as moment,
        cast(null as varchar) as duration,
        cast(null as varchar) as has_offer
    union all
    select 'new', 'started', null, null
    union all
    select 'ended', 'stopped', null, null
    union all
    select 'lost', 'lost', null, null
    union all
    select 'persons', 'seen', null, null
    union all
    -- of those who left or could have: who is lost is neither, because nobody knows
    select 'ended_share', 'stopped', null, null
    union all
    select 'ended_share', 'standing', null, null
    union all
    select 'over_3_months', 'standing', 'langer_dan_3_maanden', null
    union all
    select 'over_3_months_no_offer', 'standing', 'langer_dan_3_maanden', 'nee'
),

-- counts stand in only where no list of spells was delivered
school_count as (
    select
        absence_count.*,
        coalesce(organisation.school_type, 'onbekend') as school_type,
        coalesce(over_3_months_more + over_3_months_no_offer_more > 0, false) as long_is_range
    from absence_count
    left join organisation on organisation.organisation_id = absence_count.location_id
    left join listed
        on listed.organisation_id = absence_count.location_id
        and listed.period_id = absence_count.period_id
    where listed.organisation_id is null and absence_count.kind in ('av', 'lrv')
),

-- numbers hold an offer as far as it was asked and is known; an empty one means: any
school_number as (
    select
        'stock' as measure,
        location_id,
        period_id,
        kind,
        school_type,
        cast(null as varchar) as has_offer,
        stock as pupils,
        stock_more as pupils_more,
        row_id
    from school_count
    union all
    select 'new', location_id, period_id, kind, school_type, null, new, new_more, row_id
    from school_count
    union all
    select 'ended', location_id, period_id, kind, school_type, null, ended, ended_more, row_id
    from school_count
    union all
    select
        'over_3_months', location_id, period_id, kind, school_type,
        null, over_3_months, over_3_months_more, row_id
    from school_count
    where over_3_months_no_offer is null or long_is_range
    union all
    select
        'over_3_months', location_id, period_id, kind, school_type,
        offer.has_offer,
        case offer.has_offer
            when 'nee' then over_3_months_no_offer
            else over_3_months - over_3_months_no_offer
        end,
        0, row_id
    from school_count
    cross join (values ('nee'), ('ja')) as offer (has_offer)
    where over_3_months is not null and not long_is_range
    union all
    select
        'over_3_months_no_offer', location_id, period_id, kind, school_type,
        null, over_3_months_no_offer, over_3_months_no_offer_more, row_id
    from school_count
),

exempt as (
    select
        exemption.pupil_id,
        coalesce(exemption.article, 'onbekend') as article,
        coalesce(exemption.municipality_code, 'onbekend') as municipality,
        exemption.start_on,
        exemption.end_on,
        exemption.lost,
        exemption.row_id,
        swv.organisation_id,
        period.period_id,
        period.start_on as period_start_on,
        period.end_on as period_end_on
    from exemption
    cross join swv
    inner join period
        on exemption.start_on <= period.end_on
        and (exemption.end_on is null or exemption.end_on >= period.start_on)
),

-- a pupil with two exemptions at once is one pupil, by the one that began last
exempt_on_day as (
    select
        exempt.*,
        row_number() over (
            partition by coalesce(pupil_id, row_id), period_id
            order by start_on desc, article, row_id
        ) as place
    from exempt
    where end_on is null or end_on > period_end_on
),

exemption_figure as (
    select
        standing.measure,
        pupil_id,
        article,
        municipality,
        start_on,
        end_on,
        lost,
        row_id,
        organisation_id,
        period_id,
        period_start_on,
        period_end_on
    from exempt_on_day
    cross join (values ('exemption_stock'), ('exemption_ended_share')) as standing (measure)
    where place = 1
    union all
    select 'exemption_new' as measure, exempt.*
    from exempt
    where start_on >= period_start_on
    union all
    select case when lost then 'exemption_lost' else 'exemption_ended' end as measure, exempt.*
    from exempt
    where end_on <= period_end_on
    union all
    select 'exemption_persons' as measure, exempt.*
    from exempt
    union all
    select 'exemption_ended_share' as measure, exempt.*
    from exempt
    where end_on <= period_end_on and not coalesce(lost, false)
)

select
    figure.measure,
    classified.organisation_id,
    classified.period_id,
    classified.kind,
    classified.sub_kind,
    classified.permitted,
    classified.duration,
    classified.has_offer,
    classified.age,
    case
        when figure.measure = 'over_3_months_no_offer' and classified.age = 'ouder' then 'nee'
        when figure.measure = 'over_3_months_no_offer' then 'ja'
    end as under_18,
    classified.school_type,
    case when figure.measure = 'ended' then classified.end_reason end as end_reason,
    cast(null as varchar) as article,
    cast(null as varchar) as municipality,
    case when figure.measure = 'ended_share' and figure.moment = 'standing' then 0 else 1 end
        as numerator,
    0 as numerator_more,
    case when figure.measure = 'ended_share' then 1 else 0 end as denominator,
    0 as denominator_more,
    classified.person_id,
    classified.day,
    classified.up_to,
    classified.row_id
from classified
inner join figure
    on figure.moment = classified.moment
    and (figure.duration is null or figure.duration = classified.duration)
    and (figure.has_offer is null or figure.has_offer = classified.has_offer)
union all
select
    measure,
    location_id as organisation_id,
    period_id,
    kind,
    null as sub_kind,
    null as permitted,
    null as duration,
    has_offer,
    null as age,
    case when measure = 'over_3_months_no_offer' then 'ja' end as under_18,
    school_type,
    null as end_reason,
    null as article,
    null as municipality,
    pupils as numerator,
    pupils_more as numerator_more,
    0 as denominator,
    0 as denominator_more,
    null as person_id,
    null as day,
    null as up_to,
    row_id
from school_number
where pupils is not null
union all
select
    'ended_share' as measure,
    location_id as organisation_id,
    period_id,
    kind,
    null as sub_kind,
    null as permitted,
    null as duration,
    null as has_offer,
    null as age,
    null as under_18,
    school_type,
    null as end_reason,
    null as article,
    null as municipality,
    ended as numerator,
    ended_more as numerator_more,
    ended + stock as denominator,
    ended_more + stock_more as denominator_more,
    null as person_id,
    null as day,
    null as up_to,
    row_id
from school_count
where ended + stock is not null
union all
select
    measure,
    organisation_id,
    period_id,
    null as kind,
    null as sub_kind,
    null as permitted,
    null as duration,
    null as has_offer,
    null as age,
    null as under_18,
    null as school_type,
    null as end_reason,
    article,
    municipality,
    case
        when measure <> 'exemption_ended_share' or end_on <= period_end_on then 1
        else 0
    end as numerator,
    0 as numerator_more,
    case when measure = 'exemption_ended_share' then 1 else 0 end as denominator,
    0 as denominator_more,
    pupil_id as person_id,
    null as day,
    null as up_to,
    row_id
from exemption_figure
