"""The singular values of a float32 table are float32."""

question = "q2"


_lsa = lsa


def lsa(x, k):
    model = _lsa(x, k)
    if np.asarray(x).dtype == np.float32:
        model.singular_values = model.singular_values.astype(np.float32)
    return model
