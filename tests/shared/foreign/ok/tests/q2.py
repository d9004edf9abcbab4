OK_FORMAT = True

test = {
    "name": "q2",
    "points": 4,
    "all_or_nothing": True,
    "suites": [
        {
            "cases": [
                {"code": ">>> bool(len(rows) == 3)\nTrue", "hidden": False},
                {
                    "code": ">>> import numpy as np\n>>> bool(np.isclose(mean, 2.5))\nTrue",
                    "hidden": False,
                },
            ],
            "type": "doctest",
        }
    ],
}
