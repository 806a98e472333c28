"""What each command but `new` asks for."""

import argparse
import sys

from supportdesk.cli.asking import Request, demo_of, headless, window
from supportdesk.cli.report import existing
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _


def app(options: argparse.Namespace) -> int:
    if options.selftest:
        from supportdesk.selftest import run

        return run()
    return window(options, {"do": "show"})


def capture(options: argparse.Namespace) -> int:
    return window(options, {"do": "capture"})


def open_link(options: argparse.Namespace) -> int:
    if not options.url:
        return window(options, {"do": "show"})
    from msgspec import to_builtins

    from supportdesk.app import links

    target = links.parse(options.url)
    if isinstance(target, links.ShowByNumber):
        return window(options, {"do": target.kind.value, "number": target.number, "profile": target.vendor})
    if isinstance(target, links.ShowArticle):
        return window(options, {"do": "article", "id": target.id, "profile": target.vendor})
    if isinstance(target, links.EnterCode):
        return window(options, {"do": "account", "code": target.code, "profile": target.vendor})
    return window(options, {"do": "new", "prefill": to_builtins(target.prefill), "profile": target.vendor})


def listing(options: argparse.Namespace) -> int:
    return headless(options, {"do": options.listing, "account": options.account, **demo_of(options)})


def accounts(options: argparse.Namespace) -> int:
    return headless(options, {"do": "accounts"})


def add_vendor(options: argparse.Namespace) -> int:
    if not options.vendor.endswith(".toml"):
        return headless(options, {"do": "add-vendor", "address": options.vendor})
    return headless(options, {"do": "add-vendor", "file": str(existing(options.vendor, "FILE"))})


def sign_in(options: argparse.Namespace) -> int:
    request: Request = {
        "do": "sign-in",
        "profile": options.profile,
        "user": options.user,
        "password": _password(),
    }
    return headless(options, request)


def _password() -> str:
    try:
        password = sys.stdin.readline().rstrip("\r\n")
        password.encode()
    except UnicodeError:  # which quotes what it could not read
        raise InvalidInput(_("The password is not text."), field="--password-stdin") from None
    return password


def sign_out(options: argparse.Namespace) -> int:
    return headless(options, {"do": "sign-out", "account": options.account})


def integrate(options: argparse.Namespace) -> int:
    from supportdesk.app import integration

    for line in integration.remove() if options.remove else integration.install():
        print(line)
    return 0
