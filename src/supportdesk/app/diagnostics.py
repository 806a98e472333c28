"""What support asks about an installation. In English, because support reads it; shown before it leaves."""

import platform
from concurrent.futures import Future
from dataclasses import dataclass, replace

from supportdesk import __version__, i18n
from supportdesk.app import system_info
from supportdesk.app.presenter import Presenter
from supportdesk.app.recent_log import recent_log
from supportdesk.app.redaction import redact
from supportdesk.app.workspace import Workspace
from supportdesk.backends.registry import plugins
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Account, SyncState
from supportdesk.replica.reader import Reader


@dataclass(frozen=True)
class DiagnosticsState:
    """`text` is '' until it has been gathered."""

    text: str = ""
    keyring: str = "being asked"


class DiagnosticsPresenter(Presenter[DiagnosticsState]):
    def __init__(self, workspace: Workspace, toolkit: str) -> None:
        """`toolkit` names the window system, which only the window knows."""
        super().__init__(workspace, DiagnosticsState())
        self._toolkit = toolkit
        self.gather()

    def gather(self) -> None:
        self._write()
        self.jobs.start(
            self,
            "keyring",
            self.workspace.secrets.check,
            lambda _none: self._keyring("safe"),
            self._no_keyring,
        )

    def _no_keyring(self, error: SupportDeskError) -> None:
        self._keyring(f"none: {error.__cause__ or error.code}")

    def _keyring(self, state: str) -> None:
        self.replace(replace(self.state, keyring=state))
        self._write()

    def _write(self) -> None:
        keyring = self.state.keyring
        self.jobs.start(self, "write", lambda: self._text(keyring), self._show)

    def _text(self, keyring: str) -> Future[str]:
        workspace, toolkit = self.workspace, self._toolkit
        return workspace.read(lambda reader: _report(reader, workspace, toolkit, keyring))

    def _show(self, text: str) -> None:
        self.replace(replace(self.state, text=text))


def _report(reader: Reader, workspace: Workspace, toolkit: str, keyring: str) -> str:
    head = {
        "SupportDesk": __version__,
        "Window system": toolkit,
        "Python": platform.python_version(),
        "Language": i18n.language(),
        "Data folder": str(workspace.folder),
        "Keyring": keyring,
    }
    accounts = [_account(account, reader.sync_state(account.id)) for account in reader.accounts()]
    waiting = [f"{each.do} {each.state} {each.error_code}".strip() for each in reader.outbox(None)]
    sections = (
        ("", [f"{name}: {value}" for name, value in head.items()]),
        ("System", system_info.text().splitlines()),
        ("Accounts", accounts),
        ("Waiting to be sent", waiting),
        ("Repairs", list(workspace.store.events)),
        ("Connections", [f"{each.kind} {each.origin} {each.trouble}".strip() for each in plugins()]),
        ("Vendor profiles", list(workspace.vendors.problems)),
        ("Recent log", recent_log.text().splitlines()),
    )
    return redact("\n\n".join(_section(title, lines) for title, lines in sections if lines))


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"[{title}]", *lines] if title else lines)


def _account(account: Account, state: SyncState) -> str:
    last = state.last_success_at.isoformat(timespec="seconds") if state.last_success_at else "never"
    trouble = f" {state.error_code}: {state.error}" if state.error_code else ""
    return f"{account.id} ({account.role}): {state.link}, last success {last}{trouble}"
