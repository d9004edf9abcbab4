"""The position vectors are float32."""

question = "q5"
_right = sinusoidal


def sinusoidal(t, d):
    return _right(t, d).astype(np.float32)
