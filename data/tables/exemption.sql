-- One row per exemption: pupil, article and first day. An exemption that stands in several deliveries
-- is taken from the one that reaches furthest. Article 5a (trekkend bestaan) is another article than
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
    end_on,
    municipality_code,
    row_id,
    delivery_id
from stg_vrijstellingen
inner join delivery using (delivery_id)
qualify row_number() over (
    partition by pupil_id, stg_vrijstellingen.article, start_on
    order by delivery.covers_to desc, delivery.seq desc, row_id
) = 1
