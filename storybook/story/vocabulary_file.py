"""Reading a programme's own vocabulary from a TOML file; ``vocabulary`` shows what stands in one."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from .messages import message
from .problems import Problem, Problems
from .terms import LISTS, MultipleNeeds, Term, Vocabulary
from .vocabulary_default import default

_CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
_PLACE = re.compile(r"at line (\d+), column (\d+)")
#: What a contact has when nothing is said: put first in a list that leaves it out.
_ALWAYS: Final = {"kinds": Term("contact", "Contact"), "outcomes": Term("not-recorded", "Not recorded")}


def load(path: Path) -> Vocabulary:
    """The vocabulary in the TOML file ``path``; lists it leaves out are the default's. Raises Problems."""
    tables = _read(path)
    _refuse(path, _wrong_tables(tables))
    vocabulary, definition = _with_lists(tables), tables.get("multiple_needs")
    _refuse(path, _wrong_definition(definition, vocabulary))
    return _with_definition(vocabulary, definition)


def _refuse(path: Path, found: Iterable[Problem]) -> None:
    """Raise all of ``found``, if there are any, each with its place in the file."""
    problems = [dataclasses.replace(problem, where=_place(path, problem.where)) for problem in found]
    if problems:
        raise Problems(problems)


def _wrong_tables(tables: dict[str, Any]) -> Iterator[Problem]:
    yield from _unknown_tables(tables)
    for name in LISTS:
        yield from _wrong_terms(name, tables.get(name, {}))


def _place(path: Path, table: str) -> str:
    return f"{path.name} [{table}]" if table else path.name


def _read(path: Path) -> dict[str, Any]:
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except OSError as error:
        raise Problems([_problem_reading(path, error)]) from error
    except UnicodeDecodeError as error:
        instead = message("save it as UTF-8")
        raise Problems([Problem(message("this file is not UTF-8 text"), instead, path.name)]) from error
    except tomllib.TOMLDecodeError as error:
        raise Problems([_problem_in_toml(path, text, error)]) from error


def _problem_reading(path: Path, error: OSError) -> Problem:
    what = message("the vocabulary can't be read: {reason}", reason=error.strerror or "")
    return Problem(what, message("give the path of a TOML file that you may read"), path.name)


def _problem_in_toml(path: Path, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    found = _PLACE.search(str(error))
    line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, None)
    return Problem(
        message("this is not TOML"),
        message('write lists as [needs] and lines as code = "Label"'),
        path.name,
        line,
        column,
    )


def _unknown_tables(tables: dict[str, Any]) -> Iterator[Problem]:
    allowed = (*LISTS, "multiple_needs")
    for name in tables.keys() - set(allowed):
        yield Problem(
            message('a vocabulary has no list "{name}"', name=name),
            message("use one of: {names}", names=", ".join(allowed)),
            name,
        )


def _wrong_terms(name: str, table: Any) -> Iterator[Problem]:
    if not isinstance(table, dict):
        what = message('"{name}" is not a list of codes and labels', name=name)
        yield Problem(what, message('write [{name}], then lines such as code = "Label"', name=name), name)
        return
    for code, label in table.items():
        yield from _wrong_term(name, code, label)


def _wrong_term(name: str, code: str, label: Any) -> Iterator[Problem]:
    if not _CODE.fullmatch(code):
        what = message('"{code}" can\'t be a code', code=code)
        yield Problem(what, message("use letters, figures and single hyphens, such as drug-alcohol"), name)
    if not isinstance(label, str) or not label.strip() or not label.isprintable():
        what = message('the label of "{code}" is not a line of text', code=code)
        yield Problem(what, message('write {code} = "What people should read"', code=code), name)


def _with_lists(tables: dict[str, Any]) -> Vocabulary:
    lists = {name: _list(name, tables[name]) if name in tables else default().terms(name) for name in LISTS}
    return Vocabulary(**lists, multiple=default().multiple)


def _list(name: str, table: dict[str, str]) -> tuple[Term, ...]:
    terms = tuple(Term(code, label.strip()) for code, label in table.items())
    needed = _ALWAYS.get(name)
    return terms if needed is None or needed.code in table else (needed, *terms)


def _wrong_definition(table: Any, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Problems of [multiple_needs]; where it is left out, of the default's with the needs given."""
    wanted = _definition(table) if table is not None else vocabulary.multiple
    if wanted is None:
        what = message("the definition of multiple needs can't be read")
        yield Problem(what, message('write at_least = 2 and of = ["code", "code"]'), "multiple_needs")
        return
    for code in wanted.of:
        problem = vocabulary.problem("needs", code, where="multiple_needs", column="of")
        if problem is not None:
            yield problem
    if not 1 <= wanted.at_least <= len(set(wanted.of)):
        what = message(
            "at_least is {number}, of {count} needs", number=wanted.at_least, count=len(set(wanted.of))
        )
        yield Problem(what, message("give a whole number from 1 to the number of needs"), "multiple_needs")


def _definition(table: Any) -> MultipleNeeds | None:
    match table:
        case {"at_least": int(number), "of": list(codes)} if type(number) is int and _all_text(codes):
            return MultipleNeeds(number, tuple(codes))
    return None


def _all_text(codes: list[Any]) -> bool:
    return all(isinstance(code, str) for code in codes)


def _with_definition(vocabulary: Vocabulary, table: Any) -> Vocabulary:
    multiple = _definition(table)
    return vocabulary if multiple is None else dataclasses.replace(vocabulary, multiple=multiple)
