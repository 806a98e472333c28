"""Every command line. Qt is imported only for the commands that open a window.

Exit codes: 0 done · 1 failed · 2 the command line is wrong · 3 safe in the outbox, not accepted yet ·
4 sign in first · 5 no such account, vendor or ticket · 6 the data folder cannot be used or is busy.
"""

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from supportdesk import __version__, clock
from supportdesk.app.data_folder import data_folder
from supportdesk.app.instance import Ownership, own_or_ask
from supportdesk.app.language import speak_system
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import InvalidInput, StoreBusy, SupportDeskError
from supportdesk.i18n import _

if TYPE_CHECKING:
    from supportdesk.app.jobs import Deliver
    from supportdesk.app.shell import Opened

Request = dict[str, object]
USAGE = 2
INTERRUPTED = 130
OWNER_TIMEOUT_S = 90.0
MAX_DESCRIPTION_BYTES = 1024 * 1024


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage, and exits with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(words)
    os.umask(0o077)  # whatever we write is this person's alone, also in a folder that others can read
    speak_system()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        for word in words:
            _demand_text(word)
        return int(options.run(options))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SupportDeskError as error:
        from supportdesk.app.remote_control import refused

        return _tell(refused(error), as_json=getattr(options, "json", False))


def _parser() -> Parser:
    parser = Parser(prog="supportdesk", description="The desktop client for support portals.")
    _add_common(parser, data_dir=None, demo="")
    common = Parser(add_help=False)  # after the command too; then it must not hide what stood before it
    _add_common(common, data_dir=argparse.SUPPRESS, demo=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"SupportDesk {__version__}")
    parser.add_argument("--selftest", action="store_true", help="check this installation and exit")
    parser.set_defaults(run=_app)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    _add_new(commands, common)
    _add_window_commands(commands, common)
    _add_headless_commands(commands, common)
    return parser


def _add_common(parser: Parser, *, data_dir: str | None, demo: str) -> None:
    parser.add_argument("--data-dir", metavar="DIR", default=data_dir)
    names = ", ".join(DEMO_NAMES)
    parser.add_argument(
        "--demo", choices=DEMO_NAMES, metavar="NAME", default=demo, help=f"work on a demo vendor: {names}"
    )


def _add_new(commands: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    new = commands.add_parser("new", parents=[common], help="report a problem")
    new.add_argument("--profile", default="", metavar="P")
    new.add_argument("--account", default="", metavar="A")
    new.add_argument("--module", default="", metavar="M", help="id or name in the vendor's catalogue")
    new.add_argument("--subject", default="", metavar="S")
    new.add_argument("--description", default="", metavar="TEXT|@FILE")
    new.add_argument("--priority", default="", metavar="P")
    new.add_argument("--field", action="append", default=[], metavar="K=V")
    new.add_argument("--attach", action="append", default=[], metavar="FILE")
    new.add_argument("--source", default="", metavar="NAME", help="the calling program and its version")
    new.add_argument("--screenshot", action="store_true", help="begin with a capture of the screen")
    new.add_argument("--send", action="store_true", help="file it now, without a window")
    new.add_argument("--wait", type=_seconds, metavar="S", help="with --send: wait for its number")
    new.add_argument("--json", action="store_true")
    new.set_defaults(run=_new)


def _add_window_commands(commands: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    capture = commands.add_parser("capture", parents=[common], help="capture the screen for a new report")
    capture.set_defaults(run=lambda options: _window(options, {"do": "capture"}))
    opening = commands.add_parser("open", parents=[common], help="open a supportdesk: link")
    opening.add_argument("url", nargs="?", default="", help="without one, the window is opened")
    opening.set_defaults(run=_open)


def _add_headless_commands(commands: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    for name, text in (("tickets", "list tickets"), ("outbox", "list what waits to be sent")):
        command = commands.add_parser(name, parents=[common], help=text)
        command.add_argument("--account", default="", metavar="A")
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=_listing, listing=name)
    sync = commands.add_parser("sync", parents=[common], help="send and fetch, then end")
    sync.add_argument("--once", action="store_true", help="the same; says in scripts that it ends")
    sync.add_argument("--account", default="", metavar="A")
    sync.add_argument("--json", action="store_true")
    sync.set_defaults(run=_listing, listing="sync")
    accounts = commands.add_parser("accounts", parents=[common], help="list who is signed in")
    accounts.add_argument("--json", action="store_true")
    accounts.set_defaults(run=_accounts)
    sign_in = commands.add_parser(
        "sign-in", parents=[common], help="sign in, the password from standard input"
    )
    sign_in.add_argument("--profile", required=True, metavar="P")
    sign_in.add_argument("--user", required=True, metavar="U")
    sign_in.add_argument("--password-stdin", action="store_true", required=True)
    sign_in.add_argument("--json", action="store_true")
    sign_in.set_defaults(run=_sign_in)
    sign_out = commands.add_parser("sign-out", parents=[common], help="sign out and remove the data here")
    sign_out.add_argument("--account", required=True, metavar="A")
    sign_out.add_argument("--json", action="store_true")
    sign_out.set_defaults(run=_sign_out)
    integrate = commands.add_parser("integrate", help="add SupportDesk and its links to this desktop")
    integrate.add_argument("--remove", action="store_true")
    integrate.set_defaults(run=_integrate)


def _demand_text(word: str, field: str = "") -> None:
    """Bytes that are no text reach Python as halves of letters, which nothing can keep."""
    try:
        word.encode()
    except UnicodeEncodeError:
        shown = word.encode(errors="replace").decode()
        raise InvalidInput(_("“{text}” is not UTF-8 text.").format(text=shown), field=field) from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError("between 0 and 3600 seconds")
    return seconds


def _app(options: argparse.Namespace) -> int:
    if options.selftest:
        from supportdesk.selftest import run

        return run()
    return _window(options, {"do": "show"})


def _new(options: argparse.Namespace) -> int:
    if options.wait is not None and not options.send:
        raise InvalidInput(_("--wait only goes with --send."), field="--wait")
    if options.send and options.screenshot:
        raise InvalidInput(
            _("--screenshot needs a window and does not go with --send."), field="--screenshot"
        )
    prefill = {
        "module": options.module,
        "subject": options.subject,
        "description": _description(options.description),
        "priority": options.priority,
        "fields": dict(_pair(field) for field in options.field),
        "attach": [str(_existing(name)) for name in options.attach],
        "screenshot": options.screenshot,
        "source": options.source,
    }
    request: Request = {
        "do": "new",
        "prefill": prefill,
        "profile": options.profile,
        "account": options.account,
    }
    if not options.send:
        return _window(options, request)
    filed: Request = {**request, "wait_s": options.wait, "command_id": clock.uuid7()}
    return _headless(options, filed, timeout_s=OWNER_TIMEOUT_S + (options.wait or 0))


def _description(given: str) -> str:
    if not given.startswith("@"):
        return given
    path = _existing(given[1:], field="--description")
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


def _existing(name: str, field: str = "--attach") -> Path:
    try:
        path = Path(name).expanduser().absolute()
        found = path.is_file()
    except (OSError, RuntimeError):  # a name that is too long, a folder that is closed, an unknown ~person
        path, found = Path(name), False
    if not found:
        raise InvalidInput(_("There is no file {name}.").format(name=path), field=field)
    return path


def _open(options: argparse.Namespace) -> int:
    if not options.url:
        return _window(options, {"do": "show"})
    from supportdesk.app import links

    target = links.parse(options.url)
    if isinstance(target, links.ShowTicket):
        return _window(options, {"do": "ticket", "number": target.number, "profile": target.vendor})
    from msgspec import to_builtins

    return _window(options, {"do": "new", "prefill": to_builtins(target.prefill), "profile": target.vendor})


def _listing(options: argparse.Namespace) -> int:
    return _headless(options, {"do": options.listing, "account": options.account})


def _accounts(options: argparse.Namespace) -> int:
    return _headless(options, {"do": "accounts"}, without_demo=True)


def _sign_in(options: argparse.Namespace) -> int:
    password = _password()
    request: Request = {
        "do": "sign-in",
        "profile": options.profile,
        "user": options.user,
        "password": password,
    }
    return _headless(options, request, without_demo=True)


def _password() -> str:
    try:
        password = sys.stdin.readline().rstrip("\r\n")
        password.encode()
    except UnicodeError:  # which quotes what it could not read
        raise InvalidInput(_("The password is not text."), field="--password-stdin") from None
    return password


def _sign_out(options: argparse.Namespace) -> int:
    return _headless(options, {"do": "sign-out", "account": options.account}, without_demo=True)


def _integrate(options: argparse.Namespace) -> int:
    from supportdesk.app import integration

    for line in integration.remove() if options.remove else integration.install():
        print(line)
    return 0


def _headless(
    options: argparse.Namespace,
    request: Request,
    *,
    without_demo: bool = False,
    timeout_s: float = OWNER_TIMEOUT_S,
) -> int:
    """Asks the owner of the data folder; where there is none, owns it for the time of the request."""
    if options.demo and not without_demo:
        request["demo"] = options.demo
    folder = data_folder(options.data_dir)
    held = own_or_ask(folder, request, timeout_s)
    if not isinstance(held, Ownership):
        return _tell(held, options.json)
    try:
        return _tell(_own_answer(held, folder, request), options.json)
    finally:
        held.close()


def _own_answer(ownership: Ownership, folder: Path, request: Request) -> Request:
    from supportdesk import bootstrap
    from supportdesk.app.remote_control import answer, refused
    from supportdesk.app.requests import is_for_window

    running = bootstrap.open_workspace(folder, deliver=lambda job: job())

    def answer_other(other: Request) -> Request:
        """What wants a window waits for the end of this process: here nobody would see it."""
        return refused(StoreBusy()) if is_for_window(other) else answer(running, other)

    try:
        ownership.listen(answer_other)
        if "demo" not in request:
            running.accounts.restore().result(OWNER_TIMEOUT_S)
        return answer(running, request)
    finally:
        ownership.stop_listening()
        running.close()


def _open_workspace(folder: Path, deliver: "Deliver") -> "Opened":
    """Loads the stores and the engine only now: the window has been painted by then."""
    from supportdesk import bootstrap
    from supportdesk.app.recent_log import keep_recent_log

    keep_recent_log()
    return bootstrap.open_workspace(folder, deliver)


def _window(options: argparse.Namespace, request: Request) -> int:
    """Opens the window with the request, or hands it to the window that is open."""
    if options.demo:
        request["demo"] = options.demo
    folder = data_folder(options.data_dir)
    held = own_or_ask(folder, request, OWNER_TIMEOUT_S)
    if not isinstance(held, Ownership):
        return _tell(held, as_json=False)
    if _is_screenless():
        held.close()
        print(_("There is no screen to show the window on."), file=sys.stderr)
        return 1
    try:
        from supportdesk.ui.shell import application
    except ImportError as error:
        held.close()
        return _no_window(error)
    return application.run(_open_workspace, held, folder, request)


def _is_screenless() -> bool:
    """Where Qt would end the process without a word that helps."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named)


def _no_window(error: ImportError) -> int:
    print(_("The window needs PySide6 and the libraries of Qt: {error}").format(error=error), file=sys.stderr)
    print(
        _("“pip install PySide6-Essentials” adds it; commands without a window work as they are."),
        file=sys.stderr,
    )
    return 1


def _tell(told: Request, as_json: bool) -> int:
    error = told.get("error")
    if as_json:
        print(json.dumps((error and {"error": error}) or told["result"], indent=2, ensure_ascii=False))
    elif isinstance(error, dict):
        field = f"{error['field']}: " if error.get("field") else ""
        print(_one_line(f"supportdesk: {field}{error['what']} {error['next_step']}"), file=sys.stderr)
    else:
        _print_plain(told["result"])
    return int(str(told["exit"]))


_COLUMNS = (
    "number",
    "command_id",
    "id",
    "stage",
    "state",
    "updated_at",
    "created_at",
    "subject",
    "user",
    "link",
)


def _print_plain(result: object) -> None:
    """Rows of a list, or `name: value` lines; for people, so without a promise about the form."""
    if not isinstance(result, dict):
        return
    for name, value in result.items():
        if isinstance(value, list):
            for row in value:
                print(_one_line("  ".join(str(row[column]) for column in _COLUMNS if row.get(column))))
        elif value not in ("", None):
            print(_one_line(f"{name}: {value}"))


def _one_line(text: str) -> str:
    """Text of other people must not move the cursor, colour the terminal or hide what follows."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


for _stream in (sys.stdout, sys.stderr):  # a console that cannot show a letter must not end the command
    if isinstance(_stream, io.TextIOWrapper):  # the windowed program on Windows has none
        _stream.reconfigure(errors="replace")
