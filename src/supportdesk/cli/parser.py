"""The words of the command line and which function each command is."""

import argparse
from typing import Any, NoReturn

from supportdesk import __version__
from supportdesk.argparse_words import ARGUMENT
from supportdesk.cli import commands, report
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

JSON = "--json"
MAX_WAIT_S = 3600


class Parser(argparse.ArgumentParser):
    """Takes arguments by their whole names only, so that a later one breaks no caller."""

    def __init__(self, **options: Any) -> None:  # argparse's own, handed on
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Raises InvalidInput, so that a wrong command line is told like everything else."""
        before = _(ARGUMENT).partition("%")[0]
        field, colon, what = message.removeprefix(before).partition(": ")
        if not colon or not message.startswith(before):
            field, what = "", message
        told = _("“{command} --help” lists what can be given.").format(command=self.prog)
        raise InvalidInput(f"{what[0].upper()}{what[1:].rstrip('.')}.", field=field, next_step=told)


def demand_text(word: str) -> None:
    """Bytes that are no text reach Python as halves of letters, which nothing can keep."""
    try:
        word.encode()
    except UnicodeEncodeError:
        shown = word.encode(errors="replace").decode()
        raise InvalidInput(_("“{text}” is not UTF-8 text.").format(text=shown)) from None


def parser() -> Parser:
    whole = Parser(prog="supportdesk", description=_("The desktop client for support portals."))
    _add_common(whole, data_dir=None, demo="")
    common = Parser(add_help=False)  # after the command too; then it must not hide what stood before it
    _add_common(common, data_dir=argparse.SUPPRESS, demo=argparse.SUPPRESS)
    version = f"SupportDesk {__version__}"
    whole.add_argument(
        "--version", action="version", version=version, help=_("show program's version number and exit")
    )
    whole.add_argument("--selftest", action="store_true", help=_("check this installation and exit"))
    whole.set_defaults(run=commands.app)
    kinds = whole.add_subparsers(metavar="COMMAND", parser_class=Parser)
    _add_new(kinds, common)
    _add_window_commands(kinds, common)
    _add_lists(kinds, common)
    _add_accounts(kinds, common)
    integrate = kinds.add_parser("integrate", help=_("add SupportDesk and its links to this desktop"))
    integrate.add_argument("--remove", action="store_true")
    integrate.set_defaults(run=commands.integrate)
    return whole


def _add_common(parser: Parser, *, data_dir: str | None, demo: str) -> None:
    parser.add_argument("--data-dir", metavar="DIR", default=data_dir, help=_("the data folder"))
    names = ", ".join(DEMO_NAMES)
    told = _("work on a demo vendor: {names}").format(names=names)
    parser.add_argument("--demo", choices=DEMO_NAMES, metavar="NAME", default=demo, help=told)


def _add_new(kinds: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    new = kinds.add_parser("new", parents=[common], help=_("report a problem"))
    new.add_argument("--profile", default="", metavar="P", help=_("id of the vendor's profile"))
    new.add_argument("--account", default="", metavar="A", help=_("as “supportdesk accounts” lists it"))
    new.add_argument("--module", default="", metavar="M", help=_("id or name in the vendor's catalogue"))
    new.add_argument("--subject", default="", metavar="S")
    new.add_argument("--description", default="", metavar="TEXT|@FILE")
    new.add_argument("--priority", default="", metavar="P", help=_("id or name in the vendor's catalogue"))
    new.add_argument("--desk", default="", metavar="D", help=_("id or name: where it goes"))
    new.add_argument("--type", default="", metavar="T", help=_("id or name: what kind of matter it is"))
    new.add_argument("--consent", default="", metavar="C", help=_("id or name: whether it may be charged"))
    new.add_argument(
        "--field", action="append", default=[], metavar="K=V", help=_("answer of the vendor's form")
    )
    new.add_argument("--attach", action="append", default=[], metavar="FILE")
    new.add_argument("--source", default="", metavar="NAME", help=_("the calling program and its version"))
    new.add_argument("--screenshot", action="store_true", help=_("begin with a capture of the screen"))
    new.add_argument("--send", action="store_true", help=_("file it now, without a window"))
    new.add_argument("--wait", type=_seconds, metavar="S", help=_("with --send: wait for its number"))
    new.add_argument(JSON, action="store_true", help=_("with --send: answer as JSON"))
    new.set_defaults(run=report.new)


def _add_window_commands(kinds: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    capture = kinds.add_parser("capture", parents=[common], help=_("capture the screen for a new report"))
    capture.set_defaults(run=commands.capture)
    opening = kinds.add_parser("open", parents=[common], help=_("open a supportdesk: link"))
    opening.add_argument("url", nargs="?", default="", help=_("without one, the window is opened"))
    opening.set_defaults(run=commands.open_link)


def _add_lists(kinds: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    for name, text in (
        ("tickets", _("list tickets")),
        ("documents", _("list documents, signed or to sign")),
        ("orders", _("list orders")),
        ("subscriptions", _("list what is subscribed to")),
        ("outbox", _("list what waits to be sent")),
        ("sync", _("send and fetch, then end")),
    ):
        command = kinds.add_parser(name, parents=[common], help=text)
        command.add_argument("--account", default="", metavar="A")
        command.add_argument(JSON, action="store_true")
        command.set_defaults(run=commands.listing, listing=name)
        if name == "sync":
            command.add_argument(
                "--once", action="store_true", help=_("the same; says in scripts that it ends")
            )


def _add_accounts(kinds: "argparse._SubParsersAction[Parser]", common: Parser) -> None:
    accounts = kinds.add_parser("accounts", parents=[common], help=_("list who is signed in"))
    accounts.set_defaults(run=commands.accounts)
    add = kinds.add_parser("add-vendor", parents=[common], help=_("add a vendor, without signing in"))
    add.add_argument("vendor", metavar="ADDRESS|FILE", help=_("its support portal, or its profile (.toml)"))
    add.set_defaults(run=commands.add_vendor)
    sign_in = kinds.add_parser(
        "sign-in", parents=[common], help=_("sign in, the password from standard input")
    )
    sign_in.add_argument("--profile", required=True, metavar="P", help=_("id, as “add-vendor” tells it"))
    sign_in.add_argument("--user", required=True, metavar="U", help=_("user name or e-mail address"))
    sign_in.add_argument(
        "--password-stdin", action="store_true", required=True, help=_("the password is its first line")
    )
    sign_in.set_defaults(run=commands.sign_in)
    sign_out = kinds.add_parser("sign-out", parents=[common], help=_("sign out and remove the data here"))
    sign_out.add_argument("--account", required=True, metavar="A", help=_("as “accounts” lists it"))
    sign_out.set_defaults(run=commands.sign_out)
    for command in (accounts, add, sign_in, sign_out):
        command.add_argument(JSON, action="store_true")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= MAX_WAIT_S:
        raise argparse.ArgumentTypeError(_("Give between 0 and {most} seconds.").format(most=MAX_WAIT_S))
    return seconds
