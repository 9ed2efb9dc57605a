"""A second calculation of every figure: plain Python on the files, without SQL and without kpi/.

Written from the definitions in words. It shares no code with the product, so that a mistake has to
be made twice to stay unseen.
"""
