"""Who answers a request: the process that owns the data folder, or this one, which then owns it."""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk.app.data_folder import data_folder
from supportdesk.app.first_look import FirstLook
from supportdesk.app.instance import Ownership, own_or_ask
from supportdesk.cli.output import tell
from supportdesk.domain.errors import StoreBusy
from supportdesk.i18n import _

if TYPE_CHECKING:
    from supportdesk.app.jobs import Deliver
    from supportdesk.app.shell import Opened

Request = dict[str, object]
OWNER_TIMEOUT_S = 90.0


def demo_of(options: argparse.Namespace) -> Request:
    """What a request says beside its own values when it means a demo vendor."""
    return {"demo": options.demo} if options.demo else {}


def headless(options: argparse.Namespace, request: Request) -> int:
    """Asks the owner of the data folder; where there is none, owns it for the time of the request."""
    folder = data_folder(options.data_dir)
    wait_s = request.get("wait_s")
    timeout_s = OWNER_TIMEOUT_S + (wait_s if isinstance(wait_s, float) else 0.0)
    asked = _counting_down(request)
    held = own_or_ask(folder, asked, timeout_s)
    if not isinstance(held, Ownership):
        return tell(held, options.json)
    try:
        return tell(_own_answer(held, folder, asked), options.json)
    finally:
        held.close()


def _counting_down(request: Request) -> Callable[[], Request]:
    """The request as it stands whenever it is asked: of its waiting time only the rest is left."""
    began = time.monotonic()

    def asked() -> Request:
        wait_s = request.get("wait_s")
        if not isinstance(wait_s, float):
            return request
        return {**request, "wait_s": max(0.0, wait_s - (time.monotonic() - began))}

    return asked


def _own_answer(ownership: Ownership, folder: Path, asked: Callable[[], Request]) -> Request:
    from supportdesk import bootstrap
    from supportdesk.app.remote_control import answer, answer_other, refused
    from supportdesk.app.requests import is_for_window

    running = bootstrap.open_workspace(folder, deliver=lambda job: job())

    def answer_others(other: Request) -> Request:
        """What wants a window gets the folder: here nobody would see it."""
        if is_for_window(other):
            ownership.give_way()
            return refused(StoreBusy())
        return answer_other(running, other, ownership.leaving)

    try:
        ownership.listen(answer_others)
        if "demo" not in asked():
            running.accounts.restore().result(OWNER_TIMEOUT_S)
        return answer(running, asked(), ownership.leaving)
    finally:
        ownership.stop_listening()
        running.close()


def window(options: argparse.Namespace, request: Request) -> int:
    """Opens the window with the request, or hands it to the window that is open."""
    request = {**request, **demo_of(options)}
    folder = data_folder(options.data_dir)
    held = own_or_ask(folder, lambda: request, OWNER_TIMEOUT_S)
    if not isinstance(held, Ownership):
        return tell(held, as_json=False)
    if _is_screenless():
        held.close()
        print(_("There is no screen to show the window on."), file=sys.stderr)
        return 1
    gc.disable()  # what is loaded now stays; the window collects by itself, on its own thread
    first_look = FirstLook(folder, request)  # before Qt, which reads the source of what is loaded after it
    try:
        from supportdesk.ui.shell import application
    except ImportError as error:
        held.close()
        return _no_window(error)
    return application.run(open_workspace, held, first_look, request)


def open_workspace(folder: Path, deliver: "Deliver") -> "Opened":
    """For the window: loads the stores and the engine only now, when it has been painted."""
    from supportdesk import bootstrap
    from supportdesk.app.recent_log import keep_recent_log

    keep_recent_log()
    return bootstrap.open_workspace(folder, deliver)


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
