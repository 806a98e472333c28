"""The built wheel, installed far away from the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD_TIMEOUT_S = 120


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the project's backend from what is installed: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=BUILD_TIMEOUT_S)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`supportdesk` in an environment of its own; the libraries are those of the running one."""
    environment = tmp_path_factory.mktemp("elsewhere") / "env"
    python = environment / "bin" / "python"
    target = [str(python), "-m", "pip"]
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(environment)], check=True)
        target = [uv, "pip", "install", "--quiet", "--python", str(python)]
    else:
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        target += ["install", "--quiet", "--no-index"]
    subprocess.run([*target, "--no-deps", str(wheel)], check=True, timeout=BUILD_TIMEOUT_S)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin" / "supportdesk"


def test_wheel_is_complete_and_no_more(wheel: Path) -> None:
    """Catalogues, icons, profiles and notices travel in the wheel; tests and sources of catalogues do not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for expected in (
        "supportdesk/resources/translations/de/supportdesk.mo",
        "supportdesk/resources/icons/house.svg",
        "supportdesk/resources/themes/tokens.json",
        "supportdesk/resources/profiles/practice.toml",
        "supportdesk/py.typed",
    ):
        assert expected in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/THIRD-PARTY.md") for name in names)
    assert not [name for name in names if name.endswith(".po") or name.startswith("tests")]


@pytest.mark.second_stage
@pytest.mark.timeout(180)
def test_installed_program_works_elsewhere(program: Path, tmp_path: Path) -> None:
    """The installed program passes its own check from a foreign folder, without the checkout on its path."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "SUPPORTDESK_DATA_DIR": str(tmp_path / "data"),
    }
    where = "import supportdesk, supportdesk.resources as r; print(supportdesk.__file__, r.root())"
    python = [str(program.with_name("python")), "-c", where]
    places = subprocess.run(python, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert str(ROOT) not in places.stdout

    finished = subprocess.run(
        [str(program), "--selftest"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
