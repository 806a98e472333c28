"""What a host application, a link or a command line may put into a new report. It only ever fills a draft."""

from pathlib import Path

import msgspec


class Prefill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything is optional. From `module` to `consent` they are ids or names of the vendor's catalogue.

    `fields` holds vendor fields by id or by the name the vendor gave the prefill. `attach` are files of this
    computer: never filled from a link.
    """

    module: str = ""
    priority: str = ""
    desk: str = ""
    type: str = ""
    consent: str = ""
    subject: str = ""
    description: str = ""
    fields: dict[str, str] = {}
    attach: tuple[str, ...] = ()
    screenshot: bool = False
    source: str = ""

    def files(self) -> tuple[Path, ...]:
        return tuple(Path(name) for name in self.attach)
