-- One row per topic, location that closed and period in which it did, when it handed in nothing over
-- that period any more and did over the one before. What ended with it counts at its board and at
-- the SWV, because nobody speaks for the location itself.
select distinct
    before.topic,
    before.organisation_id as location_id,
    period.period_id
from organisation
inner join period
    on organisation.to_on between period.start_on and period.end_on
inner join delivered as before
    on organisation.organisation_id = before.organisation_id
    and period.previous_period_id = before.period_id
left join delivered as now
    on before.topic = now.topic
    and before.organisation_id = now.organisation_id
    and period.period_id = now.period_id
where organisation.organisation_type = 'locatie'
    and now.organisation_id is null
