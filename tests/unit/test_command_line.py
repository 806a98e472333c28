"""The words of the command line."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from supportdesk import argparse_words, i18n
from supportdesk.cli.commands import add_vendor
from supportdesk.cli.output import tell
from supportdesk.cli.parser import Parser, parser
from supportdesk.domain.errors import InvalidInput

_MANUAL = (Path(__file__).parents[2] / "docs" / "host-application.md").read_text("utf-8")


def commands() -> dict[str, Parser]:
    action = next(each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(action.choices)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_argument_stands_in_the_manual(name: str) -> None:
    """Who calls SupportDesk needs nothing but docs/host-application.md."""
    options = [word for each in commands()[name]._actions for word in each.option_strings]
    assert f"`{name}" in _MANUAL or f"`supportdesk {name}" in _MANUAL
    assert not [word for word in options if word not in _MANUAL and word not in ("-h", "--help")]


@pytest.mark.parametrize(
    ("words", "field", "told"),
    [
        (["new", "--wait", "0"], "--wait", "between 0 and 3600"),
        (["new", "--wait", "nan"], "--wait", "between 0 and 3600"),
        (["new", "--subject"], "--subject", "Expected one argument."),
        (["new", "--desc", "x"], "", "--desc"),
        (["nonsense"], "COMMAND", "nonsense"),
        (["sign-in", "--profile", "p"], "", "--user"),
        (["--demo", "nobody"], "--demo", "nobody"),
    ],
)
def test_what_is_wrong_is_named(words: list[str], field: str, told: str) -> None:
    """A wrong command line raises InvalidInput with the argument, as everything else that is refused."""
    with pytest.raises(InvalidInput) as refusal:
        parser().parse_args(words)
    assert refusal.value.field == field
    assert told in str(refusal.value)
    assert "--help" in refusal.value.next_step


def test_argparse_speaks_the_language_of_the_program() -> None:
    """What is wrong is told wholly in it, and the argument is found all the same."""
    argparse_words.speak()
    i18n.set_language("de")
    with pytest.raises(InvalidInput) as refusal:
        parser().parse_args(["new", "--subject"])
    assert (refusal.value.field, str(refusal.value)) == ("--subject", "Hier fehlt ein Wert.")
    with pytest.raises(InvalidInput, match="Hier gehört kein Wert hin: 'yes'"):
        parser().parse_args(["tickets", "--json=yes"])
    with pytest.raises(InvalidInput, match="Diese Argumente fehlen: --user"):
        parser().parse_args(["sign-in", "--profile", "p"])
    assert parser().format_usage().startswith("Aufruf: ")


def test_help_speaks_the_language_of_the_program() -> None:
    """Every command and argument that is explained is explained in it."""
    argparse_words.speak()
    english = explained()
    for language in ("de", "sv"):
        i18n.set_language(language)
        told = explained()
        assert len(told) == len(english)
        assert not set(told) & set(english)


def explained() -> list[str]:
    """All that `--help` says of commands and arguments."""
    whole = parser()
    kinds = next(each for each in whole._actions if isinstance(each, argparse._SubParsersAction))
    actions = [*whole._actions, *kinds._choices_actions]
    actions += [each for command in kinds.choices.values() for each in command._actions]
    return [whole.description or "", *(each.help for each in actions if each.help)]


def test_the_data_folder_may_stand_before_or_behind_the_command() -> None:
    """What stood before the command is not hidden by what could stand behind it."""
    for words in (["--data-dir", "x", "tickets"], ["tickets", "--data-dir", "x"]):
        assert parser().parse_args(words).data_dir == "x"


def test_who_stops_reading_gets_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in `supportdesk tickets | head -3`: the exit code is that of what was done."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert tell({"exit": 3, "result": {"tickets": [{"number": "1043"}]}}, as_json=False) == 3


def test_lists_have_columns_and_the_time_of_the_clock_on_the_wall(capsys: pytest.CaptureFixture[str]) -> None:
    """To the minute, and what stands in a row never moves a column; JSON keeps the whole moment in UTC."""
    moment = "2026-11-22T09:23:05.735680Z"
    rows = [
        {"number": "7", "stage": "question", "updated_at": moment, "subject": "One"},
        {"number": "1043", "stage": "new", "updated_at": "", "subject": "Two"},
    ]
    tell({"exit": 0, "result": {"tickets": rows}}, as_json=False)
    first, second = capsys.readouterr().out.splitlines()
    local = datetime.fromisoformat(moment).astimezone()
    assert first == f"7     question  {local:%Y-%m-%d %H:%M}  One"
    assert second == f"1043  new       {' ' * 16}  Two"
    tell({"exit": 0, "result": {"tickets": rows}}, as_json=True)
    assert moment in capsys.readouterr().out


def test_a_profile_file_that_is_not_there_is_no_address(tmp_path: Path) -> None:
    """It is told before anything is asked."""
    with pytest.raises(InvalidInput) as refusal:
        add_vendor(argparse.Namespace(vendor=str(tmp_path / "missing.toml")))
    assert refusal.value.field == "FILE"
