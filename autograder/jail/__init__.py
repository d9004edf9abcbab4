"""The untrusted side: processes that run student code, and the wire that leads to them.

Nothing here imports the rest of the engine: what runs beside student code knows no tests, no
expected values and no results. `client` is the judge's end of the wire, everything else is the
jail's.
"""
