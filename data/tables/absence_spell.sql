-- One row per spell of absence: pupil, location, kind and first day, by the last list that holds it.
-- Lists mostly start on 1 August, so a spell that ended in July is open in the last list it stands in:
-- who is not on the list of the next school year was back when the old one ended. One that left the
-- lists within a year (lost) ended the day it could no longer be followed, see last_row. Of two rows
-- at once in one kind each counts in its own time, which may be in pieces, see two_rows.
select
    spell.pupil_id,
    spell.location_id,
    spell.kind,
    spell.sub_kind,
    case spell.permitted when 'ja' then true when 'nee' then false end as permitted,
    coalesce(two_rows.from_on, spell.start_on) as start_on,
    case when coalesce(two_rows.is_last, true) then coalesce(spell.end_on, last_row.gone_on)
        else two_rows.until
    end as end_on,
    coalesce(last_row.gone_as = 'niet_te_volgen' and coalesce(two_rows.is_last, true), false) as lost,
    spell.offer,
    spell.offer_on,
    case when coalesce(two_rows.is_last, true) then spell.end_reason end as end_reason,
    spell.birth_date_compulsory_until as compulsory_until,
    spell.birth_date_qualification_until as qualification_until,
    last_row.told_from,
    organisation.school_type,
    spell.row_id,
    spell.delivery_id
from stg_verzuim as spell
inner join last_row
    on spell.row_id = last_row.row_id
left join two_rows
    on spell.row_id = two_rows.row_id
left join organisation
    on spell.location_id = organisation.organisation_id
where two_rows.row_id is null
    or two_rows.from_on is not null
