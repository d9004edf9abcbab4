OK_FORMAT = False
from otter.test_files import test_case

name = "second"


@test_case()
def test_x(x):
    assert x == 2


@test_case()
def test_support(tool):
    from support import tool as given

    assert tool is given
