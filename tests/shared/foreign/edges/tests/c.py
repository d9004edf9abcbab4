OK_FORMAT = True
test = {"name": "c", "points": 7, "suites": [{"cases": [
 {"code": ">>> show(3)\n>>> import warnings; warnings.warn('x')\n>>> print(caught.stdout.strip())\nhello"},
 {"code": ">>> asked\nTraceback (most recent call last):\nNameError: name 'asked' is not defined"},
 {"code": ">>> Point(1, 2)\nPoint(x=1, y=2)"},
 {"code": ">>> timed\n45"},
 {"code": ">>> round(a, 6), round(b, 6)\n(0.237965, 0.550798)"},
 {"code": ">>> main_ran\nTrue"},
]}]}
