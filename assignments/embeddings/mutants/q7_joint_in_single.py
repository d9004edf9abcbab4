"""The average of a float32 table is float32."""

question = "q7"


_joint_affinities = joint_affinities


def joint_affinities(conditional):
    found = _joint_affinities(conditional)
    return found.astype(np.float32) if np.asarray(conditional).dtype == np.float32 else found
