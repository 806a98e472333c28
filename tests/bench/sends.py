"""From the click on Send until the report is durable and its delivery log is on the screen."""

from pathlib import Path

import msgspec
from PySide6.QtWidgets import QAbstractButton

from supportdesk import clock
from supportdesk.app.flows.report_flow import Step
from supportdesk.app.prefill import Prefill
from supportdesk.app.screens import Route
from supportdesk.domain.commands import Command, CreateTicket, encode_intent
from supportdesk.replica.connections import connect_single
from supportdesk.replica.schema import OUTBOX_STEPS, migrate
from supportdesk.ui.screens.report.screen import ReportScreen
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from tests.bench.eye import Eye, watched
from tests.bench.measure import Line, in_turn, timed
from tests.bench.window import screen_of, window_on
from tests.bench.world import ACCOUNT, PROFILE, furnish
from tests.support.app import Desktop

_TEXT = "Since this morning it prints nothing. **Three patients** are waiting for their labels."
_ASKING = {id for field in PROFILE.catalogue.fields if field.required for id in field.services}
_SERVICE = next(
    service.id for _heading, service in PROFILE.catalogue.choosable_services("") if service.id not in _ASKING
)


def lines(folder: Path, repeats: int) -> list[Line]:
    data = folder / "data"
    furnish(data, 500)
    with window_on(data, 1120, 760) as desktop:
        raw = _RawOutbox(folder)
        with watched(DeliveryLog) as eye:
            mine, durable, floor = in_turn(
                repeats, lambda: _sent(desktop, eye), timed(lambda: _durable(desktop)), timed(raw.commit)
            )
        raw.close()
    return [
        Line("send", "click to durable and its delivery log painted", "ms", mine, floor, most_times=3),
        Line("send", "question to durable, without a window", "ms", durable, floor, most_times=3),
    ]


def _sent(desktop: Desktop, eye: Eye) -> float:
    """A new report, filled in; only the click on its last button is timed."""
    prefill = Prefill(module=_SERVICE, subject="The label printer stands still", description=_TEXT)
    desktop.window.go(Route("report", {"prefill": msgspec.json.encode(prefill).decode()}))
    desktop.settle()
    presenter = screen_of(desktop, ReportScreen)._presenter
    for _step in range(3):
        desktop.click("Next")
    presenter.tick_system_info(False)  # a file more would be written, which the floor does not have
    presenter.keep()
    desktop.settle()
    button = desktop.find(QAbstractButton, "Send ticket")

    def arrived() -> bool:
        return presenter.state.position.step is Step.SENT and presenter.state.delivery is not None

    return eye.wait(button.click, arrived).wall


def _command() -> Command:
    return Command(
        clock.uuid7(),
        clock.now(),
        CreateTicket(subject="The label printer stands still", description=_TEXT, service_id=_SERVICE),
    )


def _durable(desktop: Desktop) -> None:
    desktop.workspace.write(lambda writer: writer.send(None, ACCOUNT.id, _command())).result()


class _RawOutbox:
    """The rows of such a report, committed to a database of the same form with synchronous=FULL."""

    def __init__(self, folder: Path) -> None:
        self._db = connect_single(folder / "raw.db", synchronous="FULL")
        migrate(self._db, OUTBOX_STEPS)

    def close(self) -> None:
        self._db.close()

    def commit(self) -> None:
        command = _command()
        payload = encode_intent(command.intent)
        now_us = 1_700_000_000_000_000
        seal = bytes(32)
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM draft WHERE id = ?", (command.id,))
        self._db.execute(
            "INSERT INTO command (id, account_id, subject_id, do, created_at, payload, payload_sha256, draft,"
            " basis, seal, state) VALUES (?, ?, ?, 'create_ticket', ?, ?, ?, ?, NULL, ?, 'queued')",
            (command.id, ACCOUNT.id, command.id, now_us, payload, "0" * 64, payload, seal),
        )
        self._db.execute(
            "INSERT INTO delivery_log (command_id, at, step, detail, seal) VALUES (?, ?, 'saved', '', ?)",
            (command.id, now_us, seal),
        )
        self._db.execute("COMMIT")
