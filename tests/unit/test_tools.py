"""What tests need of the system: told when missing, failed where everything is tested, installed."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests.support.tools import PACKAGES, missing

ROOT = Path(dev.__file__).resolve().parent
ESSENTIAL = {"util-linux"}
"""Present on every Debian."""
NOT_TOOLS = {"sys", "os", "signal"}
"""What a condition may speak of otherwise: other systems and other users."""

TESTS = """
import pytest
from tests.support.tools import PACKAGES, need

PACKAGES["no-such-program"] = "no-such-package"

@pytest.fixture
def started():
    need("no-such-program")

@pytest.mark.needs("no-such-program")
def test_marked():
    pass

def test_with_a_fixture(started):
    pass

@pytest.mark.needs()
def test_of_nothing():
    pass
"""


@pytest.mark.parametrize(
    ("everything", "outcomes"), [("", "1 passed, 2 skipped"), ("1", "1 passed, 2 errors")]
)
def test_a_missing_program_skips_or_fails(tmp_path: Path, everything: str, outcomes: str) -> None:
    """Where everything is to be tested nothing is skipped silently; either way the package is named."""
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    plugins = ["-p", "tests.support.tools", "-p", "no:randomly"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-rsE", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SUPPORTDESK_TEST_ALL": everything},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcomes in done.stdout, done.stdout + done.stderr
    assert "needs no-such-package" in done.stdout


def test_every_tool_is_installed_by_the_bootstrap_script() -> None:
    """What a test may need is among the packages that `dev.py test` installs."""
    assert set(PACKAGES.values()) - ESSENTIAL <= set(dev.TEST_PACKAGES.split())


def test_what_is_not_there_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs are looked for each time, files by their whole path, each package is named once."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(PACKAGES, "/no/such/file", "a-package")
    assert missing("xdotool", "xrandr", "xsetroot", "/no/such/file") == [
        "a-package", "x11-xserver-utils", "xdotool",
    ]  # fmt: skip


def test_nothing_else_skips() -> None:
    """No other place skips a test for want of a program: conditions speak of systems and users alone."""
    strange = [
        f"{file.name}:{node.lineno} {ast.unparse(node)}"
        for file in sorted((ROOT / "tests").rglob("*.py"))
        if file != ROOT / "tests/support/tools.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and not _is_fine(node)
    ]
    assert strange == []


def _is_fine(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    if re.search(r"\.(skip|importorskip|xfail)$", name):
        return False
    if not name.endswith(".skipif"):
        return True
    spoken = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
    return spoken <= NOT_TOOLS | {"hasattr"}
