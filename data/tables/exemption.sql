-- One row per exemption: pupil, article and first day. One that left the lists without an end
-- (lost) ended the day it could no longer be followed, see last_row. Article 5a (trekkend bestaan) is another article than
-- article 5 onder a; the import keeps their spellings far apart, here they get the codes the law
-- suggests.
select
    pupil_id,
    case article
        when 'onder_a' then 'art5_a'
        when 'onder_b' then 'art5_b'
        when 'onder_c' then 'art5_c'
        when 'trekkend' then 'art5a'
        else article
    end as article,
    start_on,
    coalesce(end_on, gone_on) as end_on,
    coalesce(gone_as = 'niet_te_volgen', false) as lost,
    municipality_code,
    row_id,
    delivery_id
from stg_vrijstellingen
inner join last_row using (row_id)
