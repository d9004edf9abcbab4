"""The coordinates of float32 documents are float32."""

question = "q2"


_project = project


def project(model, x):
    found = _project(model, x)
    return found.astype(np.float32) if np.asarray(x).dtype == np.float32 else found
