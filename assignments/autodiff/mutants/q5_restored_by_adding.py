"""Entries are moved in the arrays of the caller and moved back by adding eps."""

question = "q5"


def numerical_gradient(f, arrays, eps=1e-6):
    gradients = []
    arrays = [
        a if isinstance(a, np.ndarray) and a.dtype == float else np.array(a, float) for a in arrays
    ]
    for array in arrays:
        gradient = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += eps
            above = float(f(*arrays))
            array[index] -= 2 * eps
            below = float(f(*arrays))
            array[index] += eps
            gradient[index] = (above - below) / (2 * eps)
        gradients.append(gradient)
    return gradients
