from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = None


@test_case(points=2)
def test_public(add):
    assert add(1, 2) == 3, "one and two are three"


@test_case(name="negative numbers", points=3, hidden=True, failure_message="What of -1?")
def test_hidden(add):
    assert add(-1, -2) == -3


@test_case(points=1, success_message="The environment is yours.")
def test_env(env, add):
    env["left_behind"] = add
    assert "add" in env
