"""Only the largest size makes a row."""

question = "q7"


_every_row = benchmark


def benchmark(functions, sizes, repeats, rng):
    rows = _every_row(functions, sizes, repeats, rng)
    return list({row.name: row for row in rows}.values())
