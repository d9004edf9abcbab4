"""The bias is float32."""

question = "q5"
_right = alibi_bias


def alibi_bias(heads, t):
    return _right(heads, t).astype(np.float32)
