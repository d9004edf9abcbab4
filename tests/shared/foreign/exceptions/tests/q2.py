import numpy as np
from otter.test_files import test_case

OK_FORMAT = False

name = "q2"
points = 5
all_or_nothing = True


@test_case()
def test_left_behind(left_behind):
    assert left_behind is not None


@test_case(hidden=True)
def test_sample(sample):
    assert np.allclose(sample, np.random.RandomState(7).rand(3))
