"""Addresses as people type them."""

import pytest

from supportdesk.domain.address import server_address
from supportdesk.domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("support.example.org", "https://support.example.org"),
        (" https://Support.Example.org/ ", "https://support.example.org"),
        ("https://support.example.org:8443/practice/", "https://support.example.org:8443/practice"),
        ("localhost:8000", "http://localhost:8000"),
        ("https://localhost:8000", "https://localhost:8000"),
        ("http://127.0.0.1:8000/school", "http://127.0.0.1:8000/school"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("münchen.example", "https://münchen.example"),
    ],
)
def test_an_address_is_completed(typed: str, meant: str) -> None:
    """https is added, on this computer http, and slashes at the end do not matter."""
    assert server_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://",
        "http://support.example.org",
        "http://127.0.0.1.example.org",
        "ftp://support.example.org",
        "file:///etc/passwd",
        "https://user:secret@support.example.org",
        "https://support.example.org@evil.example",
        "https://support.example.org/?next=1",
        "https://support.example.org/#part",
        "https://support.example.org/../other",
        "https://support example.org",
        "https://support.example.org:port",
        "https://support.example.org:99999",
        "https://support..example.org",
        "https://-support.example.org",
        "https://support.example.org/a%00b",
        "https://[::1",
        "https://support.example.org\r\nX: y",
    ],
)
def test_what_could_lead_elsewhere_is_no_address(typed: str) -> None:
    """Nothing is guessed, and the person is told what an address looks like."""
    with pytest.raises(InvalidInput) as caught:
        server_address(typed)
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://user:geheim@support.example.org", "https://…@support.example.org"),
        ("user:geh@eim@support.example.org/x", "…@support.example.org/x"),
        ("https://user:geh/eim@support.example.org", "https://…@support.example.org"),
        ("https://user:geh#eim@support.example.org", "https://…@…"),
        ("https://support.example.org:8443/x?to=geheim@eim", "https://…@…"),
        ("https://support.example.org/x?code=geheim", "https://support.example.org/x?…"),
        ("https://support.example.org@evil.example", "https://support.example.org@evil.example"),
        ("https://support.example.org/geh:eim@x y", "https://support.example.org/geh:eim@x y"),
    ],
)
def test_what_may_be_secret_is_not_repeated(typed: str, shown: str) -> None:
    """Whatever signs the password holds; the host is still named where it is clear which part that is."""
    with pytest.raises(InvalidInput) as caught:
        server_address(typed)
    assert f"“{shown}”" in str(caught.value)
