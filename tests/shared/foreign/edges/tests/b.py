OK_FORMAT = False
from otter.test_files import test_case
name = "same"
@test_case(points=5)
def t1(x): assert x == 2
@test_case(points=1)
def t2(env): assert env["__name__"] == "__main__"
