"""YAML that remembers its lines, so that a mistake can be shown where it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

# What PyYAML raises, beside its own errors, for text that is not what its tag says it is.
MISFITS = (ValueError, TypeError, AttributeError, LookupError, OverflowError)


class YamlError(Exception):
    """The text is not YAML as we accept it; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader; dates stay text, so that they are read in one place with their zone."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except MISFITS:
            kind = node.tag.rpartition(":")[2]
            problem = f"this is not what its tag says, `{kind}`"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class YamlDocument:
    """One parsed document: its plain `data`, and the line of every field in it.

    Raises:
        YamlError: for text that does not parse, and for a key that is given twice.
    """

    def __init__(self, text: str) -> None:
        try:
            loader = _Loader(text)
            self._root = loader.get_single_node()
            _refuse_duplicates(self._root, set())
            self.data: Any = loader.construct_document(self._root) if self._root else None
        except yaml.MarkedYAMLError as error:
            raise _located(error, text.splitlines()) from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise YamlError(f"character {error.character!r} is not allowed in YAML", line) from None
        except RecursionError:
            raise YamlError("the text is nested too deeply", 1) from None

    def line(self, path: Sequence[str | int]) -> int:
        """Line of the field at `path`, or of the nearest field around it that exists."""
        node, line = self._root, 1
        for part in path:
            found = _step(node, part)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        return line

    def block(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Column of the keys of the mapping at `path`, and the line (from 1) in which it ends."""
        node = self._root
        for part in path:
            found = _step(node, part)
            node = found[1] if found else None
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            line = node.start_mark.line + 1 if node else 1
            raise YamlError(f"`{path[-1]}` is no mapping over several lines", line)
        last: yaml.Node = node.value[-1][1]
        while isinstance(last, (yaml.MappingNode, yaml.SequenceNode)) and not last.flow_style:
            if not last.value:
                break
            last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
        return node.start_mark.column, last.end_mark.line + 1

    def has(self, path: Sequence[str | int]) -> bool:
        """Whether a field was written at `path`."""
        node = self._root
        for part in path:
            found = _step(node, part)
            if found is None:
                return False
            node = found[1]
        return True


def _step(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key node and value node of one entry of a mapping or sequence."""
    if isinstance(node, yaml.SequenceNode):
        if isinstance(part, int) and part < len(node.value):
            return node.value[part], node.value[part]
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    for key, value in node.value:
        if key.value == str(part):
            return key, value
    return None


def _refuse_duplicates(node: yaml.Node | None, seen: set[int]) -> None:
    # An alias is the same node again, perhaps inside itself.
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_duplicates(item, seen)
    elif isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode) and key.value in first:
                before = first[key.value]
                raise YamlError(
                    f"`{key.value}` is given twice; the first is on line {before}", line
                )
            first[str(key.value)] = line
            _refuse_duplicates(value, seen)


def _located(error: yaml.MarkedYAMLError, lines: list[str]) -> YamlError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or "the text is not YAML"
    number = mark.line + 1 if mark else 1
    if "'\\t'" in problem:
        problem = "a tab is not allowed here; YAML is indented with spaces"
    elif "cannot start any token" in problem:
        character = problem.split("'")[1]
        problem = f'text that starts with {character} has to be quoted: "{character}"'
    elif problem.startswith("mapping values are not allowed"):
        deeper = _indented_below_a_value(lines, number)
        problem = deeper or "a colon is not allowed here; text that contains one has to be quoted"
    elif "expected <block end>" in problem:
        problem = (
            f"this line is indented by {_indent(lines[number - 1])} spaces, which fits no line "
            "above it; fields of one mapping begin in the same column"
        )
    return YamlError(problem, number)


def _indented_below_a_value(lines: list[str], number: int) -> str:
    """What to say where a field is indented below one that has its value already."""
    above = [line for line in lines[: number - 1] if line.strip() and line.strip()[0] != "#"]
    here = lines[number - 1]
    if not above or not re.match(r"\s*(- )?[\w.-]+:( |$)", here):
        return ""
    key, _, value = above[-1].strip().removeprefix("- ").partition(":")
    if not value.split("#")[0].strip() or _indent(here) <= _indent(above[-1]):
        return ""
    return (
        f"this line is indented by {_indent(here)} spaces, below `{key}`, which has its value "
        f"already; begin it in the column of `{key}`"
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
