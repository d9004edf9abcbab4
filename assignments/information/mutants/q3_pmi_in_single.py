"""The pmi of a float32 table is float32."""

question = "q3"


_pmi = pmi


def pmi(table):
    found = _pmi(table)
    return found.astype(np.float32) if np.asarray(table).dtype == np.float32 else found
