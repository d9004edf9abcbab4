OK_FORMAT = True

test = {
    "name": "q1",
    "points": [1, 2, 0.5],
    "suites": [
        {
            "cases": [
                {
                    "code": r"""
                    >>> square(3)
                    9
                    """,
                    "hidden": False,
                    "locked": False,
                    "success_message": "Three squared is nine.",
                },
                {
                    "code": r"""
                    >>> values = [square(i) for i in range(4)]
                    >>> for value in values:
                    ...     print(value)
                    0
                    1
                    4
                    9
                    >>> sum(values)
                    14
                    """,
                    "hidden": True,
                    "locked": False,
                    "failure_message": "Does it work for 0?",
                },
                {"code": ">>> 'values' in globals()\nFalse", "hidden": True, "locked": False},
            ],
            "scored": True,
            "setup": "",
            "teardown": "",
            "type": "doctest",
        }
    ],
}
