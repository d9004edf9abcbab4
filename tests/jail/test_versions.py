"""What an older Python than this one makes of a source."""

from __future__ import annotations

import ast
import sys

import pytest

from autograder.jail.reading import read
from autograder.jail.versions import TooNew, require, with_early_annotations

since_3_12 = pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.12")
since_3_15 = pytest.mark.skipif(sys.version_info < (3, 15), reason="Python 3.15")
since_3_14 = pytest.mark.skipif(sys.version_info < (3, 14), reason="Python 3.14")

OWN_QUOTES = "the f-string's own kind of quotes"


@since_3_12
@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("x = 1\ny = f'{d['a']}'", OWN_QUOTES),
        ('x = 1\ny = F"{f"{x}"}"', OWN_QUOTES),
        ('x = 1\ny = rf"""{d["""a"""]}"""', OWN_QUOTES),
        ('x = 1\ny = f"{f\'"\'}"', OWN_QUOTES),
        ("x = 1\ny = f\"{'\\n'.join(d)}\"", "a backslash"),
        ("x = 1\ny = f'''{f\"\\n{x}\"}'''", "a backslash"),
        ("x = 1\ny = f'''{x  # why\n}'''", "a comment"),
        ("x = 1\ny = f'{\nx}'", "a line break"),
    ],
)
def test_what_f_strings_learned_in_3_12(source: str, what: str) -> None:
    ast.parse(source)
    require(source, (3, 12))
    with pytest.raises(TooNew) as refused:
        require(source, (3, 11))
    said = f"{what} within the braces of an f-string is only supported in Python 3.12 and greater"
    assert refused.value.msg == said
    assert refused.value.lineno == 2


LAZY, UNPACKING = "lazy imports are", "unpacking in comprehensions is"


@since_3_15
@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("x = 1\nlazy import json", LAZY),
        ("x = 1\nlazy from json import loads", LAZY),
        ("x = 1\n[*part for part in x]", UNPACKING),
        ("x = 1\n{*part for part in x}", UNPACKING),
        ("x = 1\nsum(*part for part in x)", UNPACKING),
        ("x = 1\n{**part for part in x}", UNPACKING),
    ],
)
def test_what_came_with_3_15(source: str, what: str) -> None:
    ast.parse(source)
    require(source, (3, 15))
    with pytest.raises(TooNew, match=f"^{what} only supported in Python 3.15 and greater") as told:
        require(source, (3, 14))
    assert told.value.lineno == 2


@pytest.mark.parametrize(
    "source",
    [
        "f'{d[\"a\"]} \\n {x!r:>{width}}' # f'{d['",
        "f'''{d['a']} it's \"\\n\" {\nx}'''",
        "f'{x}' 'a' f'{x}'",
        "f\"{f'{x}'}\"",
        "f'{{}} {x:\\n}'",
        "'{' + f'a\\\nb {x}'",
        "import json\n[[*x] for x in y], {k: None for k in x}, f(*x, *(z for z in y))",
    ],
)
def test_what_f_strings_always_could(source: str) -> None:
    ast.parse(source)
    require(source, (3, 11))


def ran(source: str, python: tuple[int, int]) -> dict[str, object]:
    """What is defined after the source ran in this Python as in an older one."""
    tree = with_early_annotations(ast.parse(source), 0, python, here=(3, 14))
    names: dict[str, object] = {}
    exec(compile(tree, "hw.py", "exec", dont_inherit=True), names)
    return names


EARLY = "; Python 3.11 looks up what annotations name at once"


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("def f(x: Later): pass", NameError, "name 'Later' is not defined"),
        ("async def f() -> Later: pass", NameError, "name 'Later' is not defined"),
        ("def f(*, x: int = 1, **more: Later): pass", NameError, "name 'Later' is not defined"),
        ("def f(*args: *Later): pass", NameError, "name 'Later' is not defined"),
        ("class A:\n    def f(self) -> A: pass", NameError, "name 'A' is not defined"),
        ("import ast\nif ast:\n    def f(x: ast.Later): pass", AttributeError, "attribute 'Later'"),
        ("def f(x: int | 'Later'): pass", TypeError, "unsupported operand"),
        ("def f():\n    def g(x: Later): pass\nf()", NameError, "name 'Later' is not defined"),
    ],
)
def test_annotations_are_looked_up_where_they_stand(
    source: str, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind) as raised:
        ran(source, (3, 11))
    assert said in str(raised.value)
    assert str(raised.value).endswith(EARLY)


@pytest.mark.parametrize("source", ["x: Later = 1", "class A:\n    x: A", "if 1:\n    x: Later"])
def test_annotations_of_variables_are_looked_up_behind_them(source: str) -> None:
    with pytest.raises(NameError, match="is not defined") as raised:
        ran(source, (3, 11))
    assert str(raised.value).endswith(EARLY) is (sys.version_info >= (3, 14))  # else its own words


@pytest.mark.parametrize(
    "source",
    [
        "def f(x: int, *args: int) -> list[str]: return 7",
        "def f(x: 'Later'): return 7",
        "class A:\n    '''Doc.'''\n    B = int\n    def g(self, x: B): return 7\nf = A().g",
        "def f(x):\n    y: Later = 7\n    return y",
        "from __future__ import annotations\ndef f(x: Later): return 7",
        "f = lambda x: 7",
    ],
)
def test_annotations_that_name_something(source: str) -> None:
    f = ran(source, (3, 13))["f"]
    assert callable(f)
    assert f(1) == 7


@since_3_12
def test_parameters_of_types_are_names() -> None:
    source = "class A[T]:\n    x: T\n    def g[S](self, x: T, y: S) -> S: return y\n"
    a = ran(source + "    def h(self, x: T) -> T: return x\na = A()", (3, 13))["a"]
    assert a.h(a.g(0, 7)) == 7  # type: ignore[attr-defined]


def test_a_docstring_stays_one() -> None:
    names = ran("class A:\n    '''Doc.'''\n    x: int = 1\n    def f(self) -> int: ...", (3, 11))
    assert names["A"].__doc__ == "Doc."
    assert "_what_an_annotation_raised" not in vars(names["A"])  # type: ignore[call-overload]


@since_3_14
def test_a_reader_for_an_older_grader_looks_annotations_up() -> None:
    data = b"def f(x: Later): pass\nclass Later: pass\n"
    for python, names in (((3, 13), 2), ((3, 14), 1)):
        [chunk] = read(data, "py", "hw", python=python).chunks
        assert len(chunk.tree.body) == names + 1
