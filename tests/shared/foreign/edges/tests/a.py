OK_FORMAT = False
from otter.test_files import test_case
name = "same"
@test_case(points=2)
def t1(x): assert x == 1
@test_case(points=1)
def t2(plt): assert len(plt.gcf().axes) == 0
