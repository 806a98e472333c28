"""Undo and redo without limit: documents are frozen and share their shapes, so a step costs a tuple."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from supportdesk.app.annotation.document import Command, Document, apply


@dataclass(frozen=True, slots=True)
class _Step:
    before: Document
    after: Document
    merge_key: Hashable


class History:
    """The document now and every one before it. Lives in memory only; an export never sees it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def document(self) -> Document:
        return self._document

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def do(self, command: Command, merge_key: Hashable = None) -> bool:
        """Apply `command`; False when it changes nothing.

        Steps in a row with the same `merge_key` (one shape pushed along by the arrow keys) undo as one.
        """
        before = self._document
        after = apply(before, command)
        if after is before:
            return False
        last = self._done[-1] if self._done else None
        if last is not None and merge_key is not None and last.merge_key == merge_key:
            self._done[-1] = _Step(last.before, after, merge_key)
        else:
            self._done.append(_Step(before, after, merge_key))
        self._undone.clear()
        self._document = after
        return True

    def end_merging(self) -> None:
        """What comes next is a step of its own, even with the same key."""
        if self._done:
            last = self._done[-1]
            self._done[-1] = _Step(last.before, last.after, None)

    def undo(self) -> bool:
        if not self._done:
            return False
        step = self._done.pop()
        self._undone.append(step)
        self._document = step.before
        return True

    def redo(self) -> bool:
        if not self._undone:
            return False
        step = self._undone.pop()
        self._done.append(step)
        self._document = step.after
        return True
