"""`supportdesk --selftest`: does this installation have everything, wherever it lies?

Runs a whole report on an embedded demo desk in a temporary folder, and where Qt is installed opens the window
once without a screen. Prints one line a check; the exit code is 0 only when all hold.
"""

import asyncio
import importlib.util
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from supportdesk import __version__, bootstrap, i18n, pdf, resources
from supportdesk.app.remote_control import answer
from supportdesk.backends.registry import open_backend
from supportdesk.clock import now
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.documents import Box, DocumentForm, PageSize, SignaturePlace, Standing, VisibleMark
from supportdesk.domain.errors import BackendUnreachable
from supportdesk.domain.profile import BackendAddress

CHECKS: list[tuple[str, Callable[[], None]]] = []


def run() -> int:
    print(f"SupportDesk {__version__}")
    failed = 0
    for name, check in CHECKS:
        try:
            check()
        except Exception as error:  # noqa: BLE001 - whatever is wrong is this line of the report
            failed += 1
            print(f"FAILED  {name}: {error!r}")
        else:
            print(f"ok      {name}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _check(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def add(check: Callable[[], None]) -> Callable[[], None]:
        CHECKS.append((name, check))
        return check

    return add


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)


@_check("translations")
def _translations() -> None:
    _demand({"de", "sv"} <= set(i18n.available_languages()), "no German or no Swedish catalogue")


@_check("icons, themes and demo vendors")
def _resources() -> None:
    _demand(resources.path("themes", "tokens.json").is_file(), "no tokens")
    _demand(any(resources.path("icons").glob("*.svg")), "no icons")
    _demand(len(profiles.bundled()) == len(DEMO_NAMES), "a demo vendor is missing")


@_check("a report on the embedded desk, sent and accepted")
def _report() -> None:
    with tempfile.TemporaryDirectory() as name:
        running = bootstrap.open_workspace(Path(name), deliver=lambda job: job())
        try:
            prefill = {"subject": "Self-test", "description": "Does it arrive?", "module": "general"}
            told = answer(running, {"do": "new", "prefill": prefill, "demo": "practice", "wait_s": 30.0})
        finally:
            running.close()
    _demand(told["exit"] == 0, str(told))


@_check("documents, filled in, sealed and checked")
def _documents() -> None:
    """Where the extra `sign` is installed; reading and checking are done by a process of its own."""
    if not pdf.is_available():
        return
    from supportdesk.pdf import apart, composing, drawing, identity, sealing

    form = DocumentForm((PageSize(200.0, 200.0),), place=SignaturePlace(0, Box(20.0, 20.0, 100.0, 40.0)))
    filled = apart.fill(composing.compose(form, [drawing.Drawing(200.0)]), {}, VisibleMark(b"", "Self-test"))
    own = sealing.SealingIdentity(identity.make_identity("Self-test", "self-test", now()), "self-test")
    sealed = sealing.seal(filled, own, signed_by="Self-test", signed_at=now())
    seal = apart.check(sealed, [identity.certificate_of(own.pkcs12, own.password)])
    _demand(seal.standing is Standing.INTACT, str(seal))


@_check("a connection to servers")
def _connection() -> None:
    """Everything that TLS needs is there when it is the other side that is missing."""
    nobody = BackendAddress(kind="rest", address="https://127.0.0.1:9")
    profile = msgspec.structs.replace(profiles.demo("practice"), backend=nobody)

    async def knock(folder: Path) -> None:
        backend = open_backend(profile, folder)
        try:
            await backend.door()
        finally:
            await backend.close()

    with tempfile.TemporaryDirectory() as name:
        try:
            asyncio.run(knock(Path(name)))
        except BackendUnreachable:
            return
    raise RuntimeError("somebody answered who is not there")


@_check("the window")
def _window() -> None:
    if importlib.util.find_spec("PySide6") is None:
        return
    from supportdesk.ui.shell.application import selftest

    selftest()
