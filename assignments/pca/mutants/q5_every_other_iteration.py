"""An iteration is made up for by the next one only: of an odd number one is lost."""

question = "q5"


_each = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    odd = power_iterations % 2 if power_iterations > 0 else 0
    return _each(x, k, oversample, power_iterations - odd, rng)
