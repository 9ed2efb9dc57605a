"""The anonymised, cumulative registration of thuiszitters for the Inspectie van het Onderwijs.

rows → what stands in it; layout → how; workbook → our own form; form and filling → theirs;
cover → what is typed over in the Internet Schooldossier; issue → made, and put on record.
"""
