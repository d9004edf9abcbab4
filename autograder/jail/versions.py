"""Whether a source means in the grader's Python, an older one, what it means in this one.

Python's own parser tells most of it; it does not tell what f-strings learned in 3.12 (PEP 701) and
what 3.15 brought, nor that annotations were evaluated where they stand before 3.14 (PEP 649).
"""

from __future__ import annotations
import __future__

import ast
import io
import sys
import tokenize

Version = tuple[int, int]
FREE_FSTRINGS = (3, 12)
LAZY = (3, 15)  # imports, and what is unpacked in comprehensions
LATE_ANNOTATIONS = (3, 14)

_ANNOTATIONS = __future__.annotations.compiler_flag
_PROBLEM = "_what_an_annotation_raised"


class TooNew(SyntaxError):
    """This Python understands it; the grader's does not."""


def require(source: str, python: Version | None) -> None:
    """Parse a source, which this Python understands, as an older one would.

    Raises:
        TooNew: that one does not understand it.
    """
    if python is None or python >= sys.version_info[:2]:
        return
    try:
        tree = ast.parse(source, feature_version=python)
    except SyntaxError as error:
        raise TooNew(error.msg, ("", error.lineno, error.offset, "")) from None
    if python < LAZY <= sys.version_info[:2]:
        for node in ast.walk(tree):
            if problem := _of_3_15(node):
                told = f"{problem} only supported in Python 3.15 and greater"
                raise TooNew(told, ("", node.lineno, node.col_offset + 1, ""))  # type: ignore[attr-defined]
    if python < FREE_FSTRINGS <= sys.version_info[:2]:
        _require_plain_fstrings(source)


def _of_3_15(node: ast.AST) -> str:
    if getattr(node, "is_lazy", False):
        return "lazy imports are"
    if isinstance(node, ast.DictComp):
        unpacks = node.value is None  # `{**d for d in dicts}`
    else:
        unpacks = isinstance(node, _COMPREHENSIONS) and isinstance(node.elt, ast.Starred)
    return "unpacking in comprehensions is" if unpacks else ""


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)


def _require_plain_fstrings(source: str) -> None:
    """Before 3.12 an f-string was first read as a string like any other, then taken apart."""
    opened: list[tokenize.TokenInfo] = []  # the f-strings around a token, outermost first
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        kind = tokenize.tok_name[token.type]
        if opened:
            problem = _not_plain(kind, token.string, opened)
            if problem:
                told = f"{problem} is only supported in Python 3.12 and greater"
                raise TooNew(told, ("", *token.start, ""))
        if kind == "FSTRING_START":
            opened.append(token)
        elif kind == "FSTRING_END":
            opened.pop()


def _not_plain(kind: str, text: str, opened: list[tokenize.TokenInfo]) -> str:
    """What a token within f-strings is that 3.11 does not allow there, or ""."""
    outer = opened[0].string.lstrip("fFrR")
    literal = kind in ("STRING", "FSTRING_START") or (kind == "FSTRING_MIDDLE" and len(opened) > 1)
    problem = ""
    if kind == "COMMENT":
        problem = "a comment"
    elif literal and outer in text:
        problem = "the f-string's own kind of quotes"
    elif literal and "\\" in text:
        problem = "a backslash"
    elif len(outer) == 1 and (kind in ("NL", "NEWLINE") or (literal and "\n" in text)):
        problem = "a line break"
    return problem and f"{problem} within the braces of an f-string"


def with_early_annotations(
    tree: ast.Module, flags: int, python: Version | None, here: Version = sys.version_info[:2]
) -> ast.Module:
    """The tree, with annotations looked up where they stand if the grader's Python does so.

    Args:
        flags: of the `from __future__` imports before it.
        here: the Python that will run it.
    """
    if python is None or not python < LATE_ANNOTATIONS <= here or _postponed(tree, flags):
        return tree
    changed: ast.Module = _Early(python).visit(tree)
    return ast.fix_missing_locations(changed)


def _postponed(tree: ast.Module, flags: int) -> bool:
    imports = [n for n in tree.body if isinstance(n, ast.ImportFrom) and n.module == "__future__"]
    names = {alias.name for node in imports for alias in node.names}
    return bool(flags & _ANNOTATIONS) or "annotations" in names


class _Early(ast.NodeTransformer):
    """Evaluates annotations before the definition, or behind the assignment, they belong to."""

    def __init__(self, python: Version) -> None:
        self._why = f"Python {python[0]}.{python[1]} looks up what annotations name at once"
        self._local = False  # what is annotated there is a local variable, which nobody looks up

    def visit_FunctionDef(self, node: ast.FunctionDef) -> list[ast.stmt]:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> list[ast.stmt]:
        return self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        self._inside(node, local=False)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        return [node] if self._local else [node, self._looked_up([node.annotation], node)]

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
        self._inside(node, local=True)
        given = node.args
        arguments = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
        found = [a.annotation for a in arguments if a is not None and a.annotation is not None]
        found += [node.returns] if node.returns is not None else []
        if not found or getattr(node, "type_params", None):  # which are names in its own scope
            return [node]
        return [self._looked_up(found, node), node]

    def _inside(self, node: ast.stmt, *, local: bool) -> None:
        outside, self._local = self._local, local
        self.generic_visit(node)
        self._local = outside

    def _looked_up(self, annotations: list[ast.expr], node: ast.stmt) -> ast.stmt:
        """The annotations as a statement, whose error says why there is one."""
        told = f"raise type({_PROBLEM})(f'{{{_PROBLEM}}}; {self._why}') from None"
        kinds = "(NameError, AttributeError, TypeError)"
        [made] = ast.parse(f"try: pass\nexcept {kinds} as {_PROBLEM}: {told}").body
        assert isinstance(made, ast.Try)
        for inner in ast.walk(made):
            ast.copy_location(inner, node)
        made.body = [ast.Expr(ast.Tuple(annotations, ast.Load()))]
        return ast.copy_location(made, node)
