OK_FORMAT = True

test = {
    "name": "q3",
    "suites": [
        {
            "cases": [
                {"name": "a name", "code": ">>> greeting.upper()\n'HELLO'", "hidden": False},
                {"code": ">>> greeting\n'hello'"},
                {"code": ">>> len(greeting)\n5", "points": 0},
            ]
        }
    ],
}
