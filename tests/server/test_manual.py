"""What docs/server.md says about the command line is true."""

import re
import shlex
from pathlib import Path

import pytest

from supportdesk.desk.office.verbs import VERBS
from supportdesk.domain.office_publications import Publish
from supportdesk.server import cli

MANUAL = (Path(__file__).parents[2] / "docs" / "server.md").read_text(encoding="utf-8")
_COMMANDS = [
    shlex.split(line, comments=True)
    for line in re.findall(r"^\$ supportdesk-server (.+)$", MANUAL, flags=re.MULTILINE)
]


def test_every_command_of_the_manual_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order in which they stand there, on a desk that is empty at first."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPPORTDESK_SERVER_DATA", str(tmp_path / "data"))
    article = re.search(r"```markdown\n(.*?)```", MANUAL, flags=re.DOTALL)
    assert article is not None
    for name, text in (
        ("guide.pdf", "%PDF"),
        ("ink.md", article[1]),
        ("friday.md", "# Closed\n\nOn Friday."),
    ):
        Path(name).write_text(text, encoding="utf-8")
    ran = [words for words in _COMMANDS if words[0] == "admin"]
    assert len(ran) > 15
    for words in ran:
        assert cli.main(words) == 0, (words, capsys.readouterr().err)


def test_every_other_command_is_understood() -> None:
    """Those that would go on for ever, or need another machine."""
    for words in _COMMANDS:
        assert cli.parser().parse_args(words).command


def test_every_noun_and_what_stands_in_front_of_an_article_is_named() -> None:
    """In code type."""
    named = set(re.findall(r"`([a-z_]+)`", MANUAL))
    assert set(Publish.__struct_fields__) - {"body", "publication"} <= named
    for noun in {verb.noun for verb in VERBS}:
        assert f"admin {noun} " in MANUAL, noun
