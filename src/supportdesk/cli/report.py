"""`supportdesk new`: reads what a host application says about a problem."""

import argparse
from pathlib import Path

from supportdesk import clock
from supportdesk.cli.asking import Request, demo_of, headless, window
from supportdesk.domain.errors import InvalidInput, StoreBusy
from supportdesk.i18n import _

MAX_DESCRIPTION_BYTES = 1024 * 1024


def new(options: argparse.Namespace) -> int:
    _check_together(options)
    request: Request = {
        "do": "new",
        "prefill": _prefill(options),
        "profile": options.profile,
        "account": options.account,
    }
    if not options.send:
        return window(options, request)
    filed = {**request, **demo_of(options), "wait_s": options.wait, "command_id": clock.uuid7()}
    try:
        return headless(options, filed)
    except StoreBusy as error:  # it was perhaps heard by somebody who could not answer any more
        error.safe = _("Perhaps it was filed: “supportdesk outbox” and “supportdesk tickets” show it.")
        raise


def _check_together(options: argparse.Namespace) -> None:
    if options.wait is not None and not options.send:
        raise InvalidInput(_("--wait only goes with --send."), field="--wait")
    if options.send and options.screenshot:
        raise InvalidInput(
            _("--screenshot needs a window and does not go with --send."), field="--screenshot"
        )


def _prefill(options: argparse.Namespace) -> Request:
    return {
        "module": options.module,
        "subject": options.subject,
        "description": _description(options.description),
        "priority": options.priority,
        "desk": options.desk,
        "type": options.type,
        "consent": options.consent,
        "fields": dict(_pair(field) for field in options.field),
        "attach": [str(existing(name, "--attach")) for name in options.attach],
        "screenshot": options.screenshot,
        "source": options.source,
    }


def _description(given: str) -> str:
    if not given.startswith("@"):
        return given
    path = existing(given[1:], "--description")
    if path.stat().st_size > MAX_DESCRIPTION_BYTES:
        raise InvalidInput(_("The description file is larger than 1 MB."), field="--description")
    try:
        return path.read_text("utf-8")
    except OSError as error:
        told = _("The file “{name}” cannot be read.").format(name=path.name)
        raise InvalidInput(told, field="--description") from error
    except UnicodeDecodeError:
        raise InvalidInput(_("The description file is not UTF-8 text."), field="--description") from None


def _pair(field: str) -> tuple[str, str]:
    name, equals, value = field.partition("=")
    if not name or not equals:
        raise InvalidInput(_("--field needs NAME=VALUE, not “{text}”.").format(text=field), field="--field")
    return name, value


def existing(name: str, field: str) -> Path:
    """Its whole path, because who owns the data folder runs elsewhere. Raises InvalidInput about `field`."""
    try:
        path = Path(name).expanduser().absolute()
        found = path.is_file()
    except (OSError, RuntimeError):  # a name that is too long, a folder that is closed, an unknown ~person
        path, found = Path(name), False
    if not found:
        raise InvalidInput(_("There is no file {name}.").format(name=path), field=field)
    return path
