"""Panes, access data, storage and diagnostics."""

import logging
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import pytest

from supportdesk.app.diagnostics import DiagnosticsPresenter
from supportdesk.app.recent_log import RecentLog, recent_log
from supportdesk.app.settings import LANGUAGE, SETTINGS, TEXT_PERCENT
from supportdesk.app.settings_panes import PANES, access_data, choices, languages, of_pane, pane
from supportdesk.app.storage import StoragePresenter
from supportdesk.backends import registry
from supportdesk.cli.asking import open_workspace
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.projections import Account
from tests.support.workspace import Loop, demo_account, running


def test_every_setting_that_is_not_hidden_stands_in_a_pane() -> None:
    """Declaring a setting is enough for it to appear."""
    shown = [setting for each in PANES for setting in of_pane(each.id)]
    assert sorted(setting.key for setting in shown) == sorted(s.key for s in SETTINGS if not s.hidden)


def test_a_pane_that_does_not_exist_is_the_first_one() -> None:
    """An old link still opens the settings."""
    assert pane("nonsense") is PANES[0]
    assert pane("about").id == "about"


def test_the_access_data_name_person_vendor_and_portal() -> None:
    """What a person has to tell on the phone; nothing empty is listed."""
    profile = profiles.load(profiles.bundled_path("practice"))
    account = Account("a", "practice", "jana", person_name="Jana Wiebe", stay_signed_in=False)
    facts = {fact.label: fact.value for fact in access_data(account, profile)}
    assert facts["User name"] == "jana"
    assert facts["Vendor"] == "Medora Praxissoftware"
    assert facts["Sign-in"] == "Demo: by itself, as long as its password has not been changed"
    assert "E-mail" not in facts


@pytest.mark.parametrize(
    ("stays", "said"), [(True, "Kept on this computer"), (False, "Until SupportDesk is closed")]
)
def test_how_long_one_stays_signed_in_at_a_vendor_is_said(stays: bool, said: str) -> None:
    """Only a demo goes on by itself."""
    profile = msgspec.structs.replace(profiles.load(profiles.bundled_path("practice")), id="harbour")
    account = Account("a", "harbour", "jana", stay_signed_in=stays)
    assert {fact.label: fact.value for fact in access_data(account, profile)}["Sign-in"] == said


def test_the_languages_name_themselves() -> None:
    """Somebody who cannot read the current language finds their own."""
    assert languages()[0][0] == "system"
    assert languages()[1:] == (("en", "English"), ("de", "Deutsch"), ("sv", "Svenska"))
    assert languages()[1:] == LANGUAGE.choices[1:]


def test_choices_keep_their_values() -> None:
    """Only the labels are translated."""
    assert [value for value, _label in choices(TEXT_PERCENT)] == [100, 115, 130, 150, 175, 200]


def test_the_storage_is_counted_and_downloads_can_be_cleared(tmp_path: Path) -> None:
    """Clearing gives back the copies of attachments and nothing else."""
    loop = Loop()
    with running(tmp_path, loop) as opened:
        copy = tmp_path / "downloads" / "x" / "picture.png"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(bytes(1000))
        presenter = StoragePresenter(opened.workspace)
        loop.drain(lambda: presenter.state.downloads_bytes == 1000)
        data_bytes = presenter.state.data_bytes
        assert data_bytes is not None
        assert data_bytes > 0
        presenter.clear_downloads()
        loop.drain(lambda: presenter.state.downloads_bytes == 0)
        assert not copy.exists()
        assert (tmp_path / "outbox.db").exists()
        presenter.close()


def test_diagnostics_say_how_things_stand_without_names(tmp_path: Path) -> None:
    """Versions, folder, keyring, accounts and their state; the address is cut."""
    loop = Loop()
    with running(tmp_path, loop) as opened:
        demo_account(opened)
        presenter = DiagnosticsPresenter(opened.workspace, "none, a test")
        loop.drain(lambda: "Keyring: none" in presenter.state.text)
        text = presenter.state.text
        assert "Window system: none, a test" in text
        assert "online" in text
        assert "lindenplatz.example" in text
        assert "jana.wiebe" not in text
        presenter.close()


def test_the_recent_log_keeps_the_last_lines_redacted() -> None:
    """A password in a message does not get into Diagnostics."""
    kept = RecentLog()
    logger = logging.getLogger("supportdesk.tests.recent")
    logger.setLevel(logging.INFO)
    logger.addHandler(kept)
    for number in range(300):
        logger.info("line %d password=%s", number, "geheim1")
    logger.removeHandler(kept)
    text = kept.text()
    assert "line 299" in text
    assert "line 99 " not in text
    assert "geheim1" not in text


@pytest.mark.parametrize("setting", [s for s in SETTINGS if not s.hidden], ids=lambda s: s.key)
def test_a_visible_setting_can_be_shown(setting: object) -> None:
    """A switch, or a choice of named values: there is no free text to type."""
    assert setting.label  # type: ignore[attr-defined]
    assert isinstance(setting.default, bool) or setting.choices  # type: ignore[attr-defined]


def test_a_line_that_cannot_be_formatted_harms_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """The mistake is told on the error output, and the caller goes on."""
    RecentLog().emit(logging.LogRecord("x", logging.INFO, "x.py", 1, "%d", ("no number",), None))
    assert "no number" in capsys.readouterr().err


def test_the_window_keeps_the_log_for_diagnostics(tmp_path: Path) -> None:
    """What is logged while the app is open stands in `recent_log`."""
    opened = open_workspace(tmp_path, lambda job: job())
    try:
        logging.getLogger("supportdesk.test").info("seen by Diagnostics")
        assert "seen by Diagnostics" in recent_log.text()
    finally:
        opened.close()
        logging.getLogger("supportdesk").removeHandler(recent_log)
        logging.getLogger("supportdesk").setLevel(logging.NOTSET)


def test_diagnostics_name_a_connection_that_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plug-in that cannot be loaded is a line with its reason."""
    broken = EntryPoint("elsewhere", "no_such_module:open_backend", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [broken])
    loop = Loop()
    with running(tmp_path, loop) as opened:
        presenter = DiagnosticsPresenter(opened.workspace, "none, a test")
        loop.drain(lambda: "no_such_module" in presenter.state.text)
        assert "ModuleNotFoundError" in presenter.state.text
        presenter.close()
