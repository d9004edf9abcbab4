"""Scores have two axes in front or one, never none."""

question = "q5"


def cross_entropy(scores, targets, mask=None):
    scores, targets = np.asarray(scores, dtype=np.float64), np.asarray(targets)
    if targets.shape != scores.shape[:-1]:
        raise ValueError(f"targets {targets.shape} do not fit to scores {scores.shape}")
    if targets.dtype.kind not in "iu" or not ((targets >= 0) & (targets < scores.shape[-1])).all():
        raise ValueError(f"targets must be integers from 0 to {scores.shape[-1] - 1}")
    mask = np.ones(targets.shape, dtype=bool) if mask is None else np.asarray(mask)
    if mask.dtype != bool or mask.shape != targets.shape or not mask.any():
        raise ValueError("mask must be boolean, of the shape of targets, and somewhere True")
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    if not targets.ndim:
        raise IndexError("no axis")
    at = targets[..., None]
    loss = -np.take_along_axis(log_p, at, axis=-1)[..., 0][mask].mean()
    dscores = np.exp(log_p)
    np.put_along_axis(dscores, at, np.take_along_axis(dscores, at, axis=-1) - 1, axis=-1)
    return float(loss), np.where(mask[..., None], dscores / mask.sum(), 0.0)
