"""The tour of the whole program, as `dev.py tour` starts it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = {
    "sign-in",
    "home",
    "palette-found",
    "report-1-about",
    "capture-overlay",
    "studio-marked",
    "report-4-check",
    "delivery-running",
    "delivery-accepted",
    "delivery-offline",
    "tickets",
    "tickets-no-hits",
    "tickets-error",
    "tickets-empty",
    "ticket",
    "ticket-reply-arrived",
    "reopened",
    "outbox-refused",
    "license-keys-copied",
    "settings-about",
    "home-least",
    "home-200-percent",
    "home-high-contrast",
    "articles-corrected",
    "article-with-video",
    "documents",
    "document-filling",
    "signature-typed",
    "signature-review",
    "document-signed",
    "document-declined",
    "document-withdrawn",
    "subscriptions-not-ordered",
    "subscription-asked",
    "order",
    "new-order-import",
    "new-order-filled",
    "order-sent",
    "swedish-ticket",
}
NOT_OFFSCREEN = {"capture-overlay"}

pytestmark = [pytest.mark.second_stage, pytest.mark.real_window, pytest.mark.timeout(600)]


def test_the_tour_draws_every_step_of_the_job(tmp_path: Path) -> None:
    """One walk ends well, without a warning of Qt, and its pictures are numbered, whole and all different."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tour", str(tmp_path), "--only", "light-en", "--short"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=560,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert "Qt warned" not in done.stdout + done.stderr
    files = sorted((tmp_path / "light-en").glob("*.png"))
    numbers, names = zip(*(_parts(file) for file in files), strict=True)
    assert list(numbers) == list(range(1, len(files) + 1))
    assert not CHAPTERS - NOT_OFFSCREEN - set(names)
    contents = [file.read_bytes() for file in files]
    assert len(set(contents)) == len(contents)
    assert all(content.startswith(b"\x89PNG") and content.endswith(b"IEND\xaeB`\x82") for content in contents)


def _parts(file: Path) -> tuple[int, str]:
    found = re.fullmatch(r"(\d\d\d)-([a-z0-9-]+)\.png", file.name)
    assert found is not None, file.name
    return int(found[1]), found[2]
