"""The form of a PDF (AcroForm): its fields, each with the places where it appears."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf.generic import DictionaryObject

from supportdesk.domain.documents import Box
from supportdesk.domain.errors import DocumentTooLarge
from supportdesk.pdf.flags import Flag
from supportdesk.pdf.geometry import Rectangle, rectangle_of
from supportdesk.pdf.source import Source, array, dictionary, inherited, number, plain, text

_MAX_NODES = 50_000
_HIDDEN = 1 << 1 | 1 << 5  # Hidden, NoView
_SIGNATURE_NAME = re.compile(r"(signature|unterschrift|underskrift|allekirjoitus)\d?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Widget:
    """One place where a field appears."""

    page: int
    rectangle: Rectangle
    box: Box
    entries: DictionaryObject

    @property
    def on_state(self) -> str:
        """The name of the appearance of a button that is on, without '/'; '' when it has none."""
        normal = dictionary(dictionary(self.entries.get("/AP")).get("/N"))
        states = [key for key in normal if key != "/Off"]
        return states[0].removeprefix("/") if states else ""


@dataclass(slots=True)
class Entry:
    """A field as the file has it."""

    name: str
    node: DictionaryObject
    """Where its inherited entries are looked up."""
    widgets: list[Widget] = field(default_factory=list)

    def inherited(self, key: str) -> object:
        return inherited(self.node, key)

    @property
    def type(self) -> str:
        return text(self.inherited("/FT"))

    @property
    def flags(self) -> Flag:
        return Flag(int(number(self.inherited("/Ff"))) & 0xFFFFFFFF)

    @property
    def is_signature_place(self) -> bool:
        """A signature field; or, since many programs cannot make one, a text field that is called so."""
        own_name = self.name.rpartition(".")[2]
        return self.type == "/Sig" or (self.type == "/Tx" and bool(_SIGNATURE_NAME.fullmatch(own_name)))

    @property
    def is_asked(self) -> bool:
        """Whether a person fills it in; everything else is drawn as it is."""
        if self.type not in ("/Tx", "/Btn", "/Ch") or self.is_signature_place:
            return False
        other = {"/Btn": Flag.PUSH_BUTTON, "/Tx": Flag.FILE_SELECT}.get(self.type, Flag(0))
        return not self.flags & (Flag.READ_ONLY | other)

    @property
    def states(self) -> tuple[str, ...]:
        """The different states that its buttons can be switched on to."""
        return tuple(dict.fromkeys(widget.on_state for widget in self.widgets if widget.on_state))

    @property
    def is_group(self) -> bool:
        """Buttons of which one is on."""
        return self.type == "/Btn" and (Flag.RADIO in self.flags or len(self.states) > 1)


def entries(source: Source, max_fields: int) -> list[Entry]:
    """All fields that appear somewhere, in the order of their first appearance."""
    found: dict[str, Entry] = {}
    for widget in _widgets(source):
        node = widget.entries if "/T" in widget.entries else dictionary(widget.entries.get("/Parent"))
        name = _full_name(node)
        if not name or inherited(node, "/FT") is None:
            continue
        found.setdefault(name, Entry(name, widget.entries)).widgets.append(widget)
        if len(found) > max_fields:
            raise DocumentTooLarge
    return list(found.values())


def is_sealed(source: Source) -> bool:
    """Whether a signature field of it, visible or not, has a signature."""
    waiting, seen = array(source.form.get("/Fields")), 0
    while waiting:
        node = dictionary(waiting.pop())
        if text(inherited(node, "/FT")) == "/Sig" and plain(node.get("/V")) is not None:
            return True
        seen += 1
        if seen > _MAX_NODES:
            raise DocumentTooLarge
        waiting += array(node.get("/Kids"))
    return False


def annotations(source: Source, page: int) -> Iterator[DictionaryObject]:
    """Those that are not hidden."""
    for each in array(source.pages[page].get("/Annots")):
        entries_ = dictionary(each)
        if entries_ and not int(number(entries_.get("/F"))) & _HIDDEN:
            yield entries_


def _widgets(source: Source) -> Iterator[Widget]:
    for page, frame in enumerate(source.frames):
        for each in annotations(source, page):
            corners = array(each.get("/Rect"))
            if text(each.get("/Subtype")) == "/Widget" and len(corners) == 4:
                rectangle = rectangle_of([plain(corner) for corner in corners])
                yield Widget(page, rectangle, frame.box(rectangle), each)


def _full_name(node: DictionaryObject) -> str:
    parts: list[str] = []
    for _depth in range(32):
        if "/T" in node:
            parts.append(text(node["/T"]))
        node = dictionary(node.get("/Parent"))
        if not node:
            break
    return ".".join(reversed(parts))
