"""Draw the pictures of the handout: what the Laplacian sees, and how Lanczos closes in.

    python -m solutions.spectral.figures      # writes assignments/spectral/files/*.svg

Both are computed, with `np.linalg.eigh` on small matrices.
"""

from __future__ import annotations

import numpy as np

from solutions.svg import box, dot, label, line, node, picture, write


def laplacian() -> str:
    """Two groups, a thin bridge, and the second eigenvector of L = D - W."""
    places = [
        (60, 70),
        (160, 50),
        (70, 170),
        (170, 165),
        (310, 75),
        (300, 175),
        (410, 60),
        (400, 170),
    ]
    edges = [
        (i, j, 1.0) for group in (range(4), range(4, 8)) for i in group for j in group if i < j
    ]
    edges.append((3, 4, 0.3))
    w = np.zeros((8, 8))
    for i, j, weight in edges:
        w[i, j] = w[j, i] = weight
    values, vectors = np.linalg.eigh(np.diag(w.sum(axis=1)) - w)
    second = vectors[:, 1] * -np.sign(vectors[0, 1])
    parts = [line(places[i], places[j], dash="" if e == 1 else "5 4") for i, j, e in edges]
    for i, (x, y) in enumerate(places):
        parts.append(node(x, y, str(i), "pale" if second[i] < 0 else "warm", radius=20))
    parts.append(label(240, 145, "0.3", size=13, kind="faint"))
    parts.append(label(235, 222, "who knows whom", size=14, kind="faint"))
    left, middle, scale = 500, 115, 170
    parts.append(line((left - 10, middle), (left + 300, middle)))
    for i, height in enumerate(second):
        x, tall = left + 37 * i, abs(height) * scale
        kind = "one" if height < 0 else "two"
        parts.append(box(x, middle if height < 0 else middle - tall, 24, tall, kind))
        parts.append(label(x + 12, middle + (-8 if height < 0 else 18), str(i), size=13))
    words = f"eigenvector 2, eigenvalue {values[1]:.2f} (then comes {values[2]:.1f})"
    parts.append(label(left + 145, 222, words, size=14, kind="faint"))
    alt = "Two groups of four with a thin bridge, and the second eigenvector of their Laplacian"
    return picture(alt, 830, 240, *parts)


def lanczos() -> str:
    """Eigenvalues of T, step by step, against those of A."""
    spectrum = np.array([0.0, 0.6, 1.1, 2, 2.4, 2.9, 3.3, 3.8, 4.2, 4.7, 5.1, 5.6, 6, 6.5, 7.6, 9])
    v = np.ones(16) / 4.0
    q, t = np.zeros((16, 16)), np.zeros((16, 16))
    left, top, across, down = 110, 40, 72, 19
    where = [left + across * value for value in spectrum]
    parts = [line((x, top - 12), (x, top + 12 * down + 8), dash="2 4") for x in where]
    for step in range(12):
        q[:, step] = v
        w = spectrum * v
        for _ in range(2):
            h = q[:, : step + 1].T @ w
            w = w - q[:, : step + 1] @ h
            t[: step + 1, step] += h
        v = w / np.linalg.norm(w)
        theta = np.linalg.eigh(t[: step + 1, : step + 1], UPLO="U")[0]
        y = top + down * step
        parts.append(label(left - 30, y + 5, f"{step + 1}", size=13, at="end", kind="faint"))
        for value in theta:
            arrived = np.abs(spectrum - value).min() < 0.02
            parts.append(dot(left + across * value, y, 4.5, "two" if arrived else "one"))
    parts += [dot(x, top + 12 * down + 18, 4.5, "three") for x in where]
    parts.append(label(left - 30, top + 12 * down + 23, "A", size=14, at="end"))
    parts.append(label(left - 30, 20, "steps", size=13, at="end", kind="faint"))
    parts.append(
        label(
            420,
            top + 12 * down + 48,
            "orange: within 0.02 of an eigenvalue of A",
            size=14,
            kind="faint",
        )
    )
    alt = "Eigenvalues of T after 1 to 12 steps: the outermost arrive at those of A first"
    return picture(alt, 800, 345, *parts)


PICTURES = {"laplacian.svg": laplacian(), "lanczos.svg": lanczos()}

if __name__ == "__main__":
    write("spectral", PICTURES)
