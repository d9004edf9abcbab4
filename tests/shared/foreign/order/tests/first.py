OK_FORMAT = True
test = {
    "name": "first",
    "points": 2,
    "suites": [
        {
            "cases": [
                {"code": ">>> x\n1", "hidden": False},
                {"code": ">>> the_seed\n11", "hidden": False},
            ]
        }
    ],
}
