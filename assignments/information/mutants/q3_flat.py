"""A single row is taken for a table."""

question = "q3"


def _joint(table):
    table = np.asarray(table, dtype=np.float64)
    if table.ndim == 1:
        table = table[None]
    if table.ndim != 2:
        raise ValueError(f"table must be 2-D, not {table.ndim}-D")
    if not (table >= 0).all() or not 0 < table.sum() < np.inf:
        raise ValueError("table must have entries of at least 0 and a finite sum above 0")
    return table / table.sum()
