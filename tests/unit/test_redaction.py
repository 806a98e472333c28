"""What must not leave this computer by accident."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app.redaction import redact

SECRETS = [
    ("password=hunter2x", "hunter2x"),
    ("password: 'two words'", "two words"),
    ('{"token": "abc123"}', "abc123"),
    ("Authorization: Bearer abcdefghijkl", "abcdefghijkl"),
    ("sent bearer abcdefghijkl here", "abcdefghijkl"),
    ("cookie=session-of-mine; path=/", "session-of-mine"),
    ("https://jana:geheim@portal.example/x", "geheim"),
    ("https://portal.example/reset?code=4711", "4711"),
    ("key MED-4431-88AB-9911-C0DE copied", "88AB-9911"),
    ("eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl", "eyJzdWIiOi"),
    ("from jana.wiebe@lindenplatz.example", "jana.wiebe"),
    ("sha 5f2a91bc77de00125f2a91bc77de00125f2a91bc77de0012", "5f2a91bc77de0012"),
    ("api_key=xyz", "xyz"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_taken_out(text: str, secret: str) -> None:
    """Passwords, tokens, keys and names in addresses are gone afterwards."""
    assert secret not in redact(text)


def test_the_home_folder_loses_the_name_of_its_owner() -> None:
    """Paths stay useful without saying who works here."""
    assert redact(str(Path.home() / "data")) == "~/data"


@pytest.mark.parametrize(
    "text",
    ["ticket #1042 pulled", "2026-11-21T21:53:53+00:00 online", "unreachable: no connection"],
)
def test_ordinary_lines_stay_as_they_are(text: str) -> None:
    """What support needs is not taken away."""
    assert redact(text) == text


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=30))
def test_whatever_is_called_a_password_is_gone(secret: str) -> None:
    """Whatever the password looks like."""
    assert f"={secret}" not in redact(f"password={secret} next")
