"""Reads an encoding with clingo's parser: its header, and what its rules read and derive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from clingo.ast import AST, ASTType, Transformer, parse_string

from .solving import ASP

__all__ = ["ASP", "Encoding", "read_encoding"]

Signature: TypeAlias = tuple[str, int]

INCLUDE = re.compile(r'^#include "(.+)"\.$', re.MULTILINE)
SECTION = re.compile(r"^% ([A-Z][a-z]+):(.*)$")


@dataclass
class Encoding:
    """One file: header by section, code without comments, and signatures by use."""

    header: dict[str, str]
    code: str
    includes: list[str]
    derived: set[Signature] = field(default_factory=set)
    read: set[Signature] = field(default_factory=set)
    defined: set[Signature] = field(default_factory=set)
    constants: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    heads: list[AST] = field(default_factory=list)
    weighed: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, text: str) -> Encoding:
        """Return the encoding a text is."""
        code = re.sub(r"%.*", "", text)
        encoding = cls(_header(text), code, INCLUDE.findall(code))
        reader = _Reader(encoding)
        parse_string(INCLUDE.sub("", code), reader.statement)
        return encoding

    def listed(self, section: str) -> list[Signature]:
        """Return the signatures that a section of the header lists."""
        listed: list[Signature] = []

        def collect(statement: AST) -> None:
            for literal in getattr(statement, "body", ()):
                listed.append(_signature(literal.atom.symbol))

        if section in self.header:
            parse_string(f":- {self.header[section]}.", collect)
        return listed

    def inputs(self, constants: set[str]) -> set[Signature]:
        """Return what comes from elsewhere: predicates not derived here, and constants."""
        return (self.read - self.derived) | {(name, 0) for name in self.names & constants}

    def first_arguments(self, predicate: str) -> set[str]:
        """Return the first arguments of all heads of a predicate."""
        return {str(head.arguments[0]) for head in self.heads if head.name == predicate}


def read_encoding(path: Path) -> Encoding:
    """Return the encoding in a file."""
    return Encoding.of(path.read_text())


class _Reader(Transformer):
    """Notes what the statements of one encoding use."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding

    def statement(self, statement: AST) -> None:
        """Note one statement."""
        if statement.ast_type is ASTType.Rule:
            self._head(statement.head)
            self.visit_sequence(statement.body)
        elif statement.ast_type is ASTType.Defined:
            self.encoding.defined.add((statement.name, statement.arity))
        elif statement.ast_type is ASTType.Definition:
            self.encoding.constants.add(statement.name)
        elif statement.ast_type is ASTType.ShowSignature:
            if statement.name:
                self.encoding.read.add((statement.name, statement.arity))
        elif statement.ast_type is not ASTType.Program:
            self.visit_children(statement)

    def _head(self, head: AST) -> None:
        if head.ast_type is ASTType.Literal:
            self._derive(head)
            return
        assert head.ast_type in (ASTType.Aggregate, ASTType.Disjunction), head
        for element in head.elements:
            self._derive(element.literal)
            self.visit_sequence(element.condition)
        for guard in (getattr(head, side, None) for side in ("left_guard", "right_guard")):
            if guard is not None:
                self.visit(guard)

    def _derive(self, literal: AST) -> None:
        if literal.atom.ast_type is ASTType.SymbolicAtom:
            self.encoding.derived.add(_signature(literal.atom.symbol))
            self.encoding.heads.append(literal.atom.symbol)
            self.visit_sequence(literal.atom.symbol.arguments)

    def visit_SymbolicAtom(self, atom: AST) -> AST:
        """Note a predicate that is read."""
        name, arity = _signature(atom.symbol)
        self.encoding.read.add((name, arity))
        if (name, arity) == ("weight", 4):
            rule, grade = map(str, atom.symbol.arguments[:2])
            if rule[0].islower():
                self.encoding.weighed.add((rule, grade))
        self.visit_sequence(atom.symbol.arguments)
        return atom

    def visit_SymbolicTerm(self, term: AST) -> AST:
        """Note a name that may be a constant."""
        self.encoding.names.add(str(term))
        return term


def _header(text: str) -> dict[str, str]:
    """Return section -> text of the comment a file starts with."""
    header: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        if not line.startswith("%"):
            break
        if found := SECTION.match(line):
            section = found[1]
            header[section] = found[2].strip()
        else:
            header[section] = f"{header[section]} {line[1:].strip()}".strip()
    return header


def _signature(symbol: AST) -> Signature:
    """Return name and arity of an atom."""
    assert symbol.ast_type is ASTType.Function, symbol
    return symbol.name, len(symbol.arguments)
