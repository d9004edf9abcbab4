"""A NaN is not below 0."""

question = "q3"


def _joint(table):
    table = np.asarray(table, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"table must be 2-D, not {table.ndim}-D")
    if (table < 0).any() or table.sum() <= 0 or np.isinf(table).any():
        raise ValueError("table must have entries of at least 0 and a finite sum above 0")
    return table / table.sum()
