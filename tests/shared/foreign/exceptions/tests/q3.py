from otter.test_files import test_case

OK_FORMAT = False

name = "q3"
points = [1, 0.25]


@test_case()
def test_raises(risky):
    try:
        risky(0)
    except ZeroDivisionError:
        pass
    else:
        raise AssertionError("nothing was raised")


@test_case()
def test_key(lookup):
    assert lookup["a"] == 1
