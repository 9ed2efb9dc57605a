"""The anonymised, cumulative registration of thuiszitters for the Inspectie van het Onderwijs.

rows → what stands in it; layout → how; cover → our own workbook, with what is typed over in the
Internet Schooldossier; form and filling → the form as received; issue → made, and put on record.
"""

from kpi.paper.inspectie.issue import inspectie_workbook

__all__ = ["inspectie_workbook"]
