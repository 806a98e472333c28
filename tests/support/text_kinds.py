"""Every class of the window that shows text, found in the code, and how each is given one.

A kind is fed by its own signatures: texts go wherever its constructor and setters take one, in records too.
"""

import enum
import importlib
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractItemModel, QObject, QPoint, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStyledItemDelegate, QTableView, QWidget

import supportdesk.ui
from supportdesk.domain.profile import Profile
from tests.support.desk import small_profile

ROOT = Path(supportdesk.ui.__file__).parent
_SHOWS_TEXT = tuple(
    getattr(QtWidgets, name)
    for name in (
        "QLabel", "QTextEdit", "QPlainTextEdit", "QLineEdit", "QAbstractButton", "QComboBox", "QMenu",
        "QAbstractSpinBox", "QMenuBar", "QProgressBar", "QGroupBox", "QTabBar", "QStatusBar", "QMessageBox",
        "QListWidget",
    )
)  # fmt: skip
_DRAWS_TEXT = {"draw_text", "drawText", "drawStaticText", "QTextLayout", "QTextDocument", "paint_avatar"}
_QT_SETTERS = ("setText", "setPlainText", "setPlaceholderText", "setTitle", "setFormat")
_NAMES = {"kind": "body", "tone": "text", "role": "text", "icon": "file-text", "colour": "#0c6b73"}
"""Last words of parameters and setters that choose from what the theme knows."""
_ICONS = {("IconButton", "name")}
_PLAIN: dict[type, object] = {
    bool: False, int: 1, float: 1.0, bytes: b"", QPoint: QPoint(), QSize: QSize(9, 9),
    date: date(2026, 3, 31), datetime: datetime(2026, 3, 31, tzinfo=UTC), Profile: small_profile(),
}  # fmt: skip


def ours(base: type) -> list[type]:
    """All classes of the window below `base`."""
    for file in sorted(ROOT.rglob("*.py")):
        if file.stem != "win32_windows":  # which other systems cannot even import
            module = file.relative_to(ROOT.parent.parent).with_suffix("")
            importlib.import_module(".".join(module.parts).removesuffix(".__init__"))
    found = {each for each in _below(base) if each.__module__.startswith("supportdesk.ui.")}
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for each in below:
        yield each
        yield from _below(each)


def text_widgets() -> list[type]:
    """Made of one of Qt's that show text, or drawing text themselves."""
    return [
        kind for kind in ours(QWidget) if issubclass(kind, _SHOWS_TEXT) or _DRAWS_TEXT & set(_names(kind))
    ]


def models() -> list[type]:
    return ours(QAbstractItemModel)


def delegates() -> list[type]:
    """Those that are used: not the ones that others are made of."""
    return [kind for kind in ours(QStyledItemDelegate) if not kind.__subclasses__()]


def _names(kind: type) -> Iterator[str]:
    for member in vars(kind).values():
        code = getattr(member, "__code__", None)
        if code is not None:
            yield from code.co_names


class Unfeedable(TypeError):
    """A signature asks for something that cannot be made of a text."""


class Feeder:
    """Makes one object of a kind and gives it texts; `fed` counts the places that took one."""

    def __init__(self, kind: type, holder: QWidget) -> None:
        self._kind, self._holder = kind, holder
        self._within: list[type] = []
        self.fed = 0

    def made(self, text: str) -> Any:
        return self._kind(**self._arguments(self._kind.__init__, text))  # type: ignore[misc]

    def feed(self, thing: object, text: str) -> None:
        for setter in self._setters():
            before = self.fed
            try:
                arguments = self._arguments(setter, text)
            except Unfeedable:
                continue
            if self.fed > before:
                setter(thing, **arguments)
        for name in _QT_SETTERS:
            if hasattr(thing, name):
                getattr(thing, name)(text)
                self.fed += 1

    def _setters(self) -> Iterator[Callable[..., object]]:
        """What our code calls `set_…` and `show…`; names in Qt's style are Qt's."""
        seen: set[str] = set()
        for owner in self._kind.__mro__:
            for name, member in vars(owner).items() if owner.__module__.startswith("supportdesk.") else ():
                if name not in seen and inspect.isfunction(member):
                    seen.add(name)
                    if name.rpartition("_")[2] in _NAMES:
                        continue
                    if name.islower() and name.startswith(("set_", "show", "add_", "entry")):
                        yield member

    def _arguments(self, function: Callable[..., object], text: str) -> dict[str, object]:
        parameters = [
            each
            for each in list(inspect.signature(function).parameters.values())[1:]
            if each.default is each.empty or each.name.rpartition("_")[2] not in _NAMES
        ]
        hints = get_type_hints(function, localns={"Profile": Profile})
        return self._all(parameters, hints, text)

    def _all(
        self, parameters: Sequence[inspect.Parameter], hints: dict[str, Any], text: str
    ) -> dict[str, object]:
        made = {}
        for each in parameters:
            if each.kind not in {each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY}:
                continue
            try:
                made[each.name] = self._value(each.name, hints.get(each.name, object), text)
            except Unfeedable:
                if each.default is each.empty:
                    raise
        return made

    def _value(self, name: str, hint: Any, text: str) -> object:
        last = "icon" if (self._kind.__name__, name) in _ICONS else name.rpartition("_")[2]
        if last in _NAMES and hint in {str, str | None}:
            return _NAMES[last]
        return self._made_of(hint, text)

    def _made_of(self, hint: Any, text: str) -> object:
        if hint is str or hint is object:
            self.fed += 1
            return text
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Literal:
            return arguments[0]
        if origin in {typing.Union, types.UnionType}:
            return self._made_of(arguments[0], text)
        return self._one(hint, text) if origin is None else self._several(origin, arguments, text)

    def _several(self, origin: Any, arguments: tuple[Any, ...], text: str) -> object:
        if origin is dict:
            return {self._made_of(arguments[0], text): self._made_of(arguments[1], text)}
        if origin is get_origin(Callable[[], None]):
            return lambda *_arguments: None
        if origin is tuple and arguments[-1] is not ...:
            return tuple(self._made_of(each, text) for each in arguments)
        if inspect.isclass(origin) and issubclass(origin, Sequence):
            return () if arguments[0] in self._within else (self._made_of(arguments[0], text),)
        raise Unfeedable(f"{self._kind.__name__}: what is made of {origin}?")

    def _one(self, hint: Any, text: str) -> object:
        if not isinstance(hint, type) or hint in self._within:
            raise Unfeedable(f"{self._kind.__name__}: what is made of {hint}?")
        if hint in _PLAIN:
            return _PLAIN[hint]
        if hint is QImage:
            return QImage(3, 3, QImage.Format.Format_RGB32)
        if issubclass(hint, enum.Enum):
            return next(iter(hint))
        if hint in {QWidget, QObject}:
            return self._holder
        if hint is QTableView:
            return QTableView(self._holder)
        if issubclass(hint, msgspec.Struct) or hasattr(hint, "__dataclass_fields__"):
            return self._record(hint, text)
        raise Unfeedable(f"{self._kind.__name__}: what is made of {hint}?")

    def _record(self, hint: type, text: str) -> object:
        self._within.append(hint)
        try:
            parameters = list(inspect.signature(hint).parameters.values())
            return hint(**self._all(parameters, get_type_hints(hint), text))
        finally:
            self._within.pop()
