-- One row per pupil (AV and LRV), place and board where he is at home: the rows of absence_piece that
-- count as thuiszitter.
select *
from absence_piece
where at_home
