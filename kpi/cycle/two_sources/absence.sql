-- Thuiszitters of a location on the last day of a quarter: the list per pupil (as the figures count
-- it) beside the numbers the board handed in. Only where both were delivered.
select
    absence_count.location_id as organisation_id,
    absence_count.period_id,
    absence_count.kind as part,
    cast(coalesce(listed.numerator, 0) as bigint) as first,
    cast(absence_count.stock as bigint) as second
from absence_count
inner join delivered
    on delivered.topic = 'absence'
    and absence_count.location_id = delivered.organisation_id
    and absence_count.period_id = delivered.period_id
inner join kpi_value as whole
    on whole.kpi_id = 'thuiszitters'
    and whole.measure = 'stock'
    and whole.segment = ''
    and absence_count.location_id = whole.organisation_id
    and absence_count.period_id = whole.period_id
left join kpi_value as listed
    on whole.kpi_id = listed.kpi_id
    and whole.measure = listed.measure
    and whole.organisation_id = listed.organisation_id
    and whole.period_id = listed.period_id
    and listed.segment = 'kind=' || absence_count.kind
where absence_count.kind in ('av', 'lrv')
    and absence_count.stock is not null
    and absence_count.stock_more = 0
group by all
