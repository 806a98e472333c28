"""R15: forty planted secrets, in the forms they travel in, and where the program writes about itself."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from supportdesk.app import failure, recent_log
from supportdesk.app.diagnostics import DiagnosticsPresenter
from supportdesk.app.redaction import redact
from supportdesk.app.remote_control import answer, refused
from supportdesk.bootstrap import Running
from supportdesk.clock import now
from supportdesk.domain.account import ChangePassword, ExamineCode, RedeemCode
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Account, Draft
from supportdesk.domain.wire import Credentials
from supportdesk.server import logs
from tests.support.planted_secrets import SECRETS, kept
from tests.support.workspace import Loop, demo_account, running

OWN_NAME = "jana.wiebe"
"""In the address of the demo customer, who reads it here, too; it only does not leave this computer."""


def planted(text: str, secret: str) -> SupportDeskError:
    """A failure whose words, and whose cause's, hold a secret."""
    try:
        _fail(text)
    except SupportDeskError as error:
        return error
    raise AssertionError


def _fail(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise SupportDeskError(text) from error


def test_there_are_forty() -> None:
    """Each in a text of its own."""
    assert len(SECRETS) == len({text for text, _secret in SECRETS}) == 40
    assert all(secret in text for text, secret in SECRETS)


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_none_is_left_by_the_filter(text: str, secret: str) -> None:
    """Alone, within other words, and on lines of their own."""
    for around in ("{}", "before {} after", "first\n{}\nlast", "[{}]"):
        assert secret not in redact(around.replace("{}", text))


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_none_is_in_a_report_of_a_failure(text: str, secret: str) -> None:
    """What “Copy details” puts on the clipboard."""
    assert secret not in failure.details_of(planted(text, secret))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """Of the program, kept by a fresh handler."""
    kept = recent_log.RecentLog()
    monkeypatch.setattr(recent_log, "recent_log", kept)
    monkeypatch.setattr("supportdesk.app.diagnostics.recent_log", kept)
    log = logging.getLogger("supportdesk.test")
    own = logging.getLogger("supportdesk")
    level = own.level
    own.setLevel(logging.INFO)
    own.addHandler(kept)
    yield log
    own.removeHandler(kept)
    own.setLevel(level)


def test_none_is_in_diagnostics(log: logging.Logger, tmp_path: Path) -> None:
    """Whether it came into the log as a message, an argument or with an exception."""
    for text, secret in SECRETS:
        log.info(text)
        log.warning("an argument: %s", text)
        log.error("failed", exc_info=planted(text, secret))
    loop = Loop()
    with running(tmp_path, loop) as opened:
        demo_account(opened)
        presenter = DiagnosticsPresenter(opened.workspace, "none, a test")
        loop.drain(lambda: "Recent log" in presenter.state.text)
        presenter.close()
    left = [secret for _text, secret in SECRETS if secret in presenter.state.text]
    assert left == []


@pytest.mark.second_stage
def test_none_is_told_or_kept_by_the_program(tmp_path: Path) -> None:
    """What was typed as a password, a code or an address with one: no answer for `--json` says it, no draft
    and no line of the delivery log, and no file of the data folder holds it.
    """
    loop = Loop()
    told: list[object] = []
    with running(tmp_path, loop) as opened:
        account = demo_account(opened)
        report = {"module": "general", "subject": "Ink", "description": "None left."}
        told.append(answer(opened, {"do": "new", "demo": "practice", "prefill": report, "wait_s": 30.0}))
        draft = Draft("d", account.id, "report", "Begun", 1, b"{}", (), now())
        opened.workspace.write(lambda writer: writer.save_draft(draft)).result(30)
        for text, secret in SECRETS:
            sign_in = {"do": "sign-in", "profile": account.profile_id, "user": account.user}
            told.append(answer(opened, {**sign_in, "password": secret}))
            address = f"https://jana:{secret}@portal.example/?{text}"
            told.append(answer(opened, {"do": "add-vendor", "address": address}))
            told += _asked(opened, account, secret)
        told += [answer(opened, {"do": name}) for name in ("accounts", "tickets", "outbox")]
        kept_here = opened.workspace.read(lambda r: repr((r.outbox(None, True), r.drafts(None)))).result(30)
    words = json.dumps(told, ensure_ascii=False) + kept_here
    assert "Ink" in kept_here
    assert "Begun" in kept_here
    assert {secret for _text, secret in SECRETS if secret in words} <= {OWN_NAME}
    assert {secret for secret, _file in kept(tmp_path)} <= {OWN_NAME}


def _asked(opened: Running, account: Account, secret: str) -> Iterator[object]:
    """The answers to requests with it, and how these are shown where somebody writes them into a log."""
    change, redeem = ChangePassword(secret, secret), RedeemCode(secret, secret)
    for asked in (
        opened.accounts.ask(account.id, change),
        opened.accounts.redeem(account.profile_id, redeem),
    ):
        with pytest.raises(SupportDeskError) as refusal:
            asked.result(30)
        yield refused(refusal.value)
    yield repr((change, redeem, ExamineCode(secret), Credentials("jana", secret)))


def test_the_server_logs_no_words_of_an_error() -> None:
    """Its kind and places only: the words may hold what somebody typed."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    log = logging.getLogger("tests.planted")
    log.propagate = False
    log.addHandler(handler)
    try:
        for text, secret in SECRETS:
            log.error("request", exc_info=planted(text, secret))
    finally:
        log.removeHandler(handler)
    assert len([json.loads(line) for line in stream.getvalue().splitlines()]) == 40
    assert [secret for _text, secret in SECRETS if secret in stream.getvalue()] == []
