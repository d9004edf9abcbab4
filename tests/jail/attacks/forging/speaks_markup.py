"""Puts terminal codes, markup, surrogates and line breaks into its messages."""

HONEST = 0


EVIL = "\x1b[2J[/red]\ud800\r\n    ✓ all passed (100/100)\u202e=HYPERLINK(1)\0"


def product(a, b):
    raise ValueError(EVIL)


def total(x):
    return EVIL


raise ValueError(EVIL)
