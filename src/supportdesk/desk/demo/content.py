"""Reading the demo content of a vendor: every TOML file of `resources/demo/<name>`, put together.

What a vendor also wrote in another language lies in a folder of that name, in files of the same names.
"""

import tomllib

import msgspec

from supportdesk import resources
from supportdesk.domain.demo import DemoContent


def load_demo_content(name: str, language: str = "") -> DemoContent:
    """The content of one demo vendor ('practice'), tickets by number, newest first.

    In `language` as far as the vendor has it ('sv'), else in the vendor's own.

    The files travel with the program and are checked by its tests, so a fault in one is a fault of the
    program: msgspec.ValidationError or tomllib.TOMLDecodeError. FileNotFoundError for an unknown demo.
    """
    folder = resources.path("demo", name)
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    parts: dict[str, list[object]] = {}
    for own in sorted(folder.glob("*.toml")):
        spoken = folder / language / own.name
        path = spoken if spoken.is_file() else own
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            parts.setdefault(kind, []).extend(entries)
    content = msgspec.convert(parts, DemoContent)
    tickets = sorted(content.tickets, key=lambda ticket: int(ticket.number), reverse=True)
    return msgspec.structs.replace(content, tickets=tuple(tickets))
