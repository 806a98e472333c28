"""Work for a lane must hold nothing of Qt: what a lane is the last to hold, it destroys on its own thread."""

import inspect
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from types import CoroutineType, FunctionType, MethodType

_OPENED = (partial, MethodType, FunctionType, CoroutineType, tuple, list, dict)


def qt_object_in(work: object) -> str | None:
    """Where a callable or coroutine holds a QObject, by names with dots; None where it holds none.

    Looked at is what it closes over, is bound to or is given, and the attributes of those objects: what is
    further away belongs to somebody else too.
    """
    qt = sys.modules.get("PySide6.QtCore")
    name = str(getattr(work, "__qualname__", type(work).__name__))
    return None if qt is None else next(_paths(work, qt.QObject, name, {id(work)}), None)


def _paths(holder: object, kind: type, name: str, seen: set[int]) -> Iterator[str]:
    for step, held in _held(holder):
        path = f"{name}.{step}"
        if isinstance(held, kind):
            yield f"{path} is a {type(held).__name__}"
        elif isinstance(held, _OPENED):
            if id(held) not in seen:
                seen.add(id(held))
                yield from _paths(held, kind, path, seen)
        else:
            for attribute, value in tuple(getattr(held, "__dict__", {}).items()):
                if isinstance(value, kind):
                    yield f"{path}.{attribute} is a {type(value).__name__}"


def _held(holder: object) -> Iterator[tuple[str, object]]:
    if isinstance(holder, partial):
        yield from (("func", holder.func), ("args", holder.args), ("keywords", holder.keywords))
    elif isinstance(holder, MethodType):
        yield from (("self", holder.__self__), ("func", holder.__func__))
    elif isinstance(holder, FunctionType):
        for name, cell in zip(holder.__code__.co_freevars, holder.__closure__ or (), strict=True):
            with suppress(ValueError):  # nothing is in it yet
                yield name, cell.cell_contents
        yield "defaults", holder.__defaults__
    elif isinstance(holder, CoroutineType):
        yield from inspect.getcoroutinelocals(holder).items()
    elif isinstance(holder, tuple | list):
        yield from ((str(index), each) for index, each in enumerate(holder))
    elif isinstance(holder, dict):
        yield from ((str(key), each) for key, each in tuple(holder.items()))
