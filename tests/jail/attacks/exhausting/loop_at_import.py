"""Never finishes loading."""

HONEST = 0


def total(x):
    return 0.0


while True:
    pass
