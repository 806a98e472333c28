"""The bootstrap script's decisions; that it works as a whole is what every clean checkout shows."""

import argparse
import ast
import itertools
import re
import sys
from pathlib import Path

import pytest

import dev
from supportdesk.cli.parser import parser

ROOT = Path(dev.__file__).resolve().parent


def test_only_the_standard_library_is_needed() -> None:
    """The script imports nothing that a fresh machine lacks."""
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["--demo", "practice"], True),
        (["--demo", "orders"], True),
        (["new", "--subject", "No paper"], True),
        (["new", "--subject", "sync"], True),
        (["open", "supportdesk://ticket/1042"], True),
        (["new", "--subject", "No paper", "--send"], False),
        (["tickets", "--json"], False),
        (["--demo", "practice", "sync", "--once"], False),
        (["--demo", "orders", "orders", "--json"], False),
        (["documents", "--demo", "retail"], False),
        (["--selftest"], False),
    ],
)
def test_which_commands_need_a_window(arguments: list[str], expected: bool) -> None:
    """Without a display only what opens a window is replaced by the tour."""
    assert dev.needs_window(arguments) is expected


def test_every_command_of_the_program_is_known() -> None:
    """All but the three that open a window work without a display."""
    kinds = next(each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    assert set(kinds.choices) - dev.HEADLESS == {"new", "capture", "open"}


def test_unknown_command_explains_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error ends with the list of commands and exit code 2."""
    assert dev.main(["tset"]) == 2
    assert "run,test,check" in capsys.readouterr().out


def test_without_root_the_exact_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is installed behind the back of an ordinary user: the command to run is the message."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(dev.Stopped, match="sudo apt-get install --yes --no-install-recommends xvfb openbox"):
        dev.apt_install(["xvfb", "openbox"])


def test_an_edited_requirement_changes_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is installed anew when requirements change, and not for the linter's settings."""
    for name in ("pyproject.toml", "constraints.txt", "hatch_build.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    before = dev._installation_key()
    project = (tmp_path / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(project.replace("line-length = 110", "line-length = 99"))
    assert dev._installation_key() == before
    (tmp_path / "pyproject.toml").write_text(project.replace("msgspec>=0.19", "msgspec>=0.20"))
    assert dev._installation_key() != before


def test_constraints_name_every_requirement() -> None:
    """Each library that the project asks for has a tested version."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[<>=!;\[ ]", requirement, maxsplit=1)[0].lower() for requirement in wanted}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert names - {project["name"]} <= {line.partition("==")[0].lower() for line in lines}
