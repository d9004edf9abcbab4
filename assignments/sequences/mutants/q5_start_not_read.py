"""It begins with the first target."""

question = "q5"


def unroll(step, state, start, targets, teacher=1.0, rng=None):
    if not 0 <= teacher <= 1:
        raise ValueError(f"teacher must lie between 0 and 1, not {teacher}")
    token, rows = int(targets[0]), []
    for target in targets:
        answer, state = step(state, token)
        rows.append(np.array(answer, dtype=np.float64))
        forced = teacher == 1 or (teacher > 0 and rng.random() < teacher)
        token = int(target) if forced else int(np.argmax(answer))
    return np.array(rows)
