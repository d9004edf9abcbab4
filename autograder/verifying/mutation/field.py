"""Small mistakes of this field, which general operators do not make: a swapped axis, no `keepdims`.

An operator looks at one node of the syntax tree and gives replacements for it, or for a node in it.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

Change = tuple[ast.AST, str]
"""A node, and the text in its place."""

Operator = Callable[[ast.AST], Iterator[Change]]

_INSTEAD = {
    "all": "any", "any": "all", "argmax": "argmin", "argmin": "argmax", "ceil": "floor",
    "cumprod": "cumsum", "cumsum": "cumprod", "empty": "ones", "exp": "exp2", "floor": "ceil",
    "hstack": "vstack", "log": "log2", "max": "min", "maximum": "minimum", "mean": "sum",
    "min": "max", "minimum": "maximum", "ones": "zeros", "round": "floor", "sqrt": "square",
    "std": "var", "sum": "mean", "tanh": "sinh", "tril": "triu", "triu": "tril", "var": "std",
    "vstack": "hstack", "zeros": "ones",
}  # fmt: skip
_NARROWER = {
    "float64": "float32", "int64": "int32", "float32": "float64", "int32": "int64",
    "float": "int", "intp": "int32", "long": "int32", "double": "float",
}  # fmt: skip
_COPIES = {"copy", "clone", "deepcopy", "array", "list", "tuple", "dict", "set", "sorted", "astype"}
_NOT_COMMUTATIVE = (ast.Sub, ast.Div, ast.MatMult, ast.FloorDiv, ast.Mod, ast.Pow)
_COMMUTATIVE = {"max", "min", "maximum", "minimum", "add", "multiply", "hypot", "gcd", "print"}
_OPTIONS = ("keepdims", "ddof", "dtype", "minlength", "side", "reverse", "key", "kind",
            "initial", "where", "stable", "dim", "keepdim", "axis", "default", "copy")  # fmt: skip
_SHIFTS = {"max", "amax", "min", "amin", "mean"}


def swap_axis(node: ast.AST) -> Iterator[Change]:
    """axis=0 → axis=1, axis=-1 → axis=-2, axis=(1, 2) → axis=1."""
    if not isinstance(node, ast.keyword) or node.arg not in ("axis", "dim", "axes"):
        return
    value = ast.unparse(node.value)
    for new in {"0": ("1", "-1"), "1": ("0",), "-1": ("0", "-2"), "-2": ("-1",)}.get(value, ("0",)):
        yield node.value, new


def drop_option(node: ast.AST) -> Iterator[Change]:
    """f(x, keepdims=True) → f(x)."""
    if isinstance(node, ast.Call):
        for position, option in enumerate(node.keywords):
            if option.arg in _OPTIONS:
                changed = copy.deepcopy(node)
                del changed.keywords[position]
                yield node, ast.unparse(changed)


def other_ddof(node: ast.AST) -> Iterator[Change]:
    """x.std(axis=0) → x.std(axis=0, ddof=1)."""
    if (
        isinstance(node, ast.Call)
        and _name(node.func) in ("std", "var", "cov")
        and all(option.arg != "ddof" for option in node.keywords)
    ):
        changed = copy.deepcopy(node)
        changed.keywords.append(ast.keyword("ddof", ast.Constant(1)))
        yield node, ast.unparse(changed)


def drop_transpose(node: ast.AST) -> Iterator[Change]:
    """a.T → a, x.swapaxes(0, 1) → x."""
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        yield node, ast.unparse(node.value)
    methods = ("transpose", "swapaxes", "reshape", "ravel", "flatten")
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute) and function.attr in methods:
        yield node, ast.unparse(function.value)


def share_instead_of_copy(node: ast.AST) -> Iterator[Change]:
    """x.copy() → x, list(x) → x, np.array(x) → np.asarray(x)."""
    if not isinstance(node, ast.Call) or _name(node.func) not in _COPIES:
        return
    name, method = _name(node.func), isinstance(node.func, ast.Attribute)
    if name == "array" and isinstance(node.func, ast.Attribute):
        changed = copy.deepcopy(node)
        assert isinstance(changed.func, ast.Attribute)
        changed.func.attr = "asarray"
        yield node, ast.unparse(changed)
    elif method and name in ("copy", "clone", "astype") and isinstance(node.func, ast.Attribute):
        base = node.func.value
        yield node, ast.unparse(node.args[0] if _is_module(base) and node.args else base)
    elif node.args and name != "array":
        yield node, ast.unparse(node.args[0])


def work_in_place(node: ast.AST) -> Iterator[Change]:
    """a = a + b → a += b."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
        target = ast.unparse(node.targets[0])
        if ast.unparse(node.value.left) == target:
            symbol = ast.unparse(ast.BinOp(ast.Name("a"), node.value.op, ast.Name("b")))[2:-2]
            yield node, f"{target} {symbol}= {ast.unparse(node.value.right)}"


def other_update(node: ast.AST) -> Iterator[Change]:
    """x += y → x -= y, x = y."""
    if isinstance(node, ast.AugAssign):
        target, value = ast.unparse(node.target), ast.unparse(node.value)
        symbol = {ast.Add: "-=", ast.Sub: "+=", ast.Mult: "/=", ast.Div: "*="}.get(type(node.op))
        for sign in filter(None, (symbol, "=")):
            yield node, f"{target} {sign} {value}"


def drop_shift(node: ast.AST) -> Iterator[Change]:
    """x - x.max(axis=1, keepdims=True) → x; also x + eps → x."""
    if not isinstance(node, ast.BinOp):
        return
    right = node.right
    shift = isinstance(right, ast.Call) and _name(right.func) in _SHIFTS
    named = "eps" in ast.unparse(right) or "tol" in ast.unparse(right)
    if isinstance(node.op, (ast.Sub, ast.Add)) and (shift or named):
        yield node, ast.unparse(node.left)


def drop_raise(node: ast.AST) -> Iterator[Change]:
    """raise ValueError(…) → pass."""
    if isinstance(node, ast.Raise):
        yield node, "pass"


def other_error(node: ast.AST) -> Iterator[Change]:
    """raise ValueError(…) → raise RuntimeError(…), and that → raise LookupError(…)."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        same = ast.unparse(node.exc.func) == "RuntimeError"
        yield node.exc.func, "LookupError" if same else "RuntimeError"


def drop_statement(node: ast.AST) -> Iterator[Change]:
    """A call for its effect, an assignment to an entry, `x += …` → pass."""
    effect = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    entry = isinstance(node, ast.Assign) and not isinstance(node.targets[0], (ast.Name, ast.Tuple))
    if effect or entry or isinstance(node, ast.AugAssign):
        yield node, "pass"


def other_type(node: ast.AST) -> Iterator[Change]:
    """np.float64 → np.float32, dtype=float → dtype=int."""
    if isinstance(node, ast.Attribute) and _is_module(node.value) and node.attr in _NARROWER:
        yield node, f"{ast.unparse(node.value)}.{_NARROWER[node.attr]}"
    if isinstance(node, ast.keyword) and node.arg == "dtype":
        name = ast.unparse(node.value)
        if name in _NARROWER:
            yield node.value, _NARROWER[name]


def off_by_one(node: ast.AST) -> Iterator[Change]:
    """range(n) → range(n - 1), range(1, n); x[a:b] → x[a:b - 1], x[a + 1:b], x[:b]."""
    if isinstance(node, ast.Call) and _name(node.func) == "range":
        for argument in node.args:
            yield argument, f"{ast.unparse(argument)} - 1"
            yield argument, f"{ast.unparse(argument)} + 1"
        if len(node.args) == 1:
            yield node, f"range(1, {ast.unparse(node.args[0])})"
    if isinstance(node, ast.Slice):
        for bound in filter(None, (node.lower, node.upper)):
            yield bound, f"({ast.unparse(bound)}) + 1"
            yield bound, f"({ast.unparse(bound)}) - 1"
            if bound is node.lower and node.step is None:
                upper = ast.unparse(node.upper) if node.upper else ""
                yield node, f":{upper}"


def own_generator(node: ast.AST) -> Iterator[Change]:
    """rng.normal(…) → np.random.default_rng(0).normal(…), f(x, rng=rng) → f(x)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        base = node.func.value
        if isinstance(base, ast.Name) and base.id in ("rng", "generator"):
            yield base, "__import__('numpy').random.default_rng(0)"
    if isinstance(node, ast.Call):
        for position, option in enumerate(node.keywords):
            if option.arg in ("rng", "generator", "seed"):
                changed = copy.deepcopy(node)
                del changed.keywords[position]
                yield node, ast.unparse(changed)


def swap_arguments(node: ast.AST) -> Iterator[Change]:
    """f(a, b) → f(b, a); a - b → b - a."""
    if isinstance(node, ast.Call) and len(node.args) >= 2 and _name(node.func) not in _COMMUTATIVE:
        first, second = node.args[:2]
        if not any(isinstance(a, ast.Starred) for a in (first, second)):
            changed = copy.deepcopy(node)
            changed.args[:2] = changed.args[1], changed.args[0]
            yield node, ast.unparse(changed)
    if isinstance(node, ast.BinOp) and isinstance(node.op, _NOT_COMMUTATIVE):
        yield node, ast.unparse(ast.BinOp(node.right, node.op, node.left))


def other_function(node: ast.AST) -> Iterator[Change]:
    """np.argmax → np.argmin, x.sum() → x.mean(), np.log → np.log2."""
    if isinstance(node, ast.Call):
        name = _name(node.func)
        if name in _INSTEAD and isinstance(node.func, ast.Attribute):
            yield node.func, f"{ast.unparse(node.func.value)}.{_INSTEAD[name]}"
        elif name in ("max", "min", "any", "all"):
            yield node.func, _INSTEAD[name]
        elif name in ("abs",) and node.args:
            yield node, ast.unparse(node.args[0])


def half_a_condition(node: ast.AST) -> Iterator[Change]:
    """a and b → a, and → b."""
    if isinstance(node, ast.BoolOp):
        for position in range(len(node.values)):
            rest = node.values[:position] + node.values[position + 1 :]
            kept = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield node, f"({ast.unparse(kept)})"


OPERATORS: tuple[Operator, ...] = (
    swap_axis,
    drop_option,
    other_ddof,
    drop_transpose,
    share_instead_of_copy,
    work_in_place,
    other_update,
    drop_shift,
    drop_raise,
    other_error,
    drop_statement,
    other_type,
    off_by_one,
    own_generator,
    swap_arguments,
    other_function,
    half_a_condition,
)


def _name(node: ast.expr) -> str:
    """`np.linalg.norm` → norm."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "torch", "copy", "math")
