"""The sign is forgotten: what is far away gets more."""

question = "q5"
_right = alibi_bias


def alibi_bias(heads, t):
    return -_right(heads, t)
