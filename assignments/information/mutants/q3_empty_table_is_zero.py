"""A table without rows has the mutual information 0."""

question = "q3"


_mutual_information = mutual_information


def mutual_information(table):
    return 0.0 if np.ndim(table) == 2 and np.size(table) == 0 else _mutual_information(table)
