"""One-sided differences."""

question = "q5"


def numerical_gradient(f, arrays, eps=1e-6):
    points = [np.array(a, dtype=np.float64) for a in arrays]
    gradients = [np.zeros(p.shape) for p in points]
    for point, gradient in zip(points, gradients):
        for index in np.ndindex(point.shape):
            x = point[index]
            point[index] = x + eps
            above = float(f(*(p.copy() for p in points)))
            point[index] = x
            below = float(f(*(p.copy() for p in points)))
            gradient[index] = (above - below) / eps
    return gradients
