"""What comes back from a browser is looked at once; everything else that knocks there changes nothing."""

import asyncio
import gc
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from supportdesk import i18n
from supportdesk.app.loopback import Loopback
from supportdesk.domain.errors import SignOnCancelled, SignOnFailed

STATE = "state-of-this-attempt"
RIGHT = f"/supportdesk?code=abc&state={STATE}"


async def _raw(loopback: Loopback, sent: bytes) -> bytes:
    """What is answered; b'' where there is nothing to say."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(loopback.redirect_uri).port)
    try:
        writer.write(sent)
        writer.write_eof()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def _get(loopback: Loopback, target: str, method: str = "GET", host: str = "") -> str:
    host = host or urlsplit(loopback.redirect_uri).netloc
    return (await _raw(loopback, f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())).decode()


def _listen(play: Callable[[Loopback], Awaitable[object]], timeout_s: float = 20.0) -> str:
    """The code that comes of what `play` does beside."""

    async def run() -> str:
        async with Loopback(STATE) as loopback:
            played = asyncio.ensure_future(play(loopback))
            try:
                return await loopback.code(timeout_s)
            finally:
                await played

    return asyncio.run(run())


def test_the_code_of_the_browser_is_found() -> None:
    """And the page says what to do, in itself, with nothing of the request in it."""
    pages: list[str] = []

    async def play(loopback: Loopback) -> None:
        pages.append(await _get(loopback, RIGHT))

    assert _listen(play) == "abc"
    head, _blank, page = pages[0].partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200")
    assert "default-src 'none'" in head
    assert "no-store" in head
    assert "You can close this window." in page
    assert "abc" not in page
    assert STATE not in page
    assert "http" not in page


def test_the_page_speaks_the_customers_language() -> None:
    """As the window does."""

    async def play(loopback: Loopback) -> None:
        page = await _get(loopback, RIGHT)
        assert "Sie können dieses Fenster schließen." in page
        assert '<html lang="de">' in page

    with i18n.speaking("de"):
        assert _listen(play) == "abc"


@pytest.mark.parametrize(
    "asked",
    [
        ("POST", RIGHT, ""),
        ("HEAD", RIGHT, ""),
        ("OPTIONS", RIGHT, ""),
        ("GET", "/", ""),
        ("GET", "/favicon.ico", ""),
        ("GET", "/supportdesk", ""),
        ("GET", RIGHT.replace("/supportdesk", "/supportdesk/x"), ""),
        ("GET", RIGHT.replace("/supportdesk", "//supportdesk"), ""),
        ("GET", f"http://127.0.0.1{RIGHT}", ""),
        ("GET", RIGHT, "evil.example"),
        ("GET", RIGHT, "localhost"),
    ],
    ids=str,
)
def test_others_are_ignored(asked: tuple[str, str, str]) -> None:
    """Other methods, other paths, other names for this computer: the sign-in waits on."""
    method, target, host = asked

    async def play(loopback: Loopback) -> None:
        assert (await _get(loopback, target, method, host)).startswith("HTTP/1.1 404")
        await _get(loopback, RIGHT)

    assert _listen(play) == "abc"


@pytest.mark.parametrize(
    "sent",
    [b"", b"\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET", b"x" * 100_000, b"GET /supportdesk?\xff\r\n\r\n"],
)
def test_garbage_changes_nothing(sent: bytes) -> None:
    """Nor does somebody who opens a connection and says nothing."""

    async def play(loopback: Loopback) -> None:
        port = urlsplit(loopback.redirect_uri).port
        _reader, silent = await asyncio.open_connection("127.0.0.1", port)
        await _raw(loopback, sent)
        await _get(loopback, RIGHT)
        silent.close()

    assert _listen(play) == "abc"


@pytest.mark.parametrize(
    "target",
    [
        "/supportdesk?",
        "/supportdesk?code=abc",
        "/supportdesk?code=abc&state=another",
        f"/supportdesk?code=abc&state={STATE}&state={STATE}",
        f"/supportdesk?state={STATE}",
        f"/supportdesk?code=a&code=b&state={STATE}",
        f"/supportdesk?code=abc&error=server_error&state={STATE}",
        f"/supportdesk?code={'a' * 5000}&state={STATE}",
        "/supportdesk?" + "a=1&" * 100 + f"code=abc&state={STATE}",
    ],
    ids=lambda each: each[:60],
)
def test_what_does_not_belong_to_the_sign_in_ends_it(target: str) -> None:
    """With an error, which the page says too, instead of a code from somebody else."""

    async def play(loopback: Loopback) -> None:
        assert "HTTP/1.1 200" in await _get(loopback, target)

    with pytest.raises(SignOnFailed) as failed:
        _listen(play)
    assert not isinstance(failed.value, SignOnCancelled)


def test_who_says_no_there_has_cancelled() -> None:
    """Nothing went wrong."""
    with pytest.raises(SignOnCancelled):
        _listen(lambda loopback: _get(loopback, f"/supportdesk?error=access_denied&state={STATE}"))


def test_a_browser_that_is_closed_is_not_waited_for_for_ever() -> None:
    """The time is over, and nobody listens any more."""
    gone: list[Loopback] = []

    async def play(loopback: Loopback) -> None:
        gone.append(loopback)

    with pytest.raises(SignOnFailed, match="in time"):
        _listen(play, timeout_s=0.05)

    async def knock() -> None:
        await _get(gone[0], RIGHT)

    with pytest.raises(ConnectionRefusedError):
        asyncio.run(knock())


def test_it_answers_once() -> None:
    """The second browser window is told nothing."""

    async def play(loopback: Loopback) -> None:
        answers = await asyncio.gather(*(_get(loopback, RIGHT) for _each in range(5)), return_exceptions=True)
        assert sum("200 OK" in str(each) for each in answers) == 1

    assert _listen(play) == "abc"


def test_two_attempts_do_not_meet() -> None:
    """Each has its own port and state: what belongs to the one ends the other."""

    async def run() -> str:
        async with Loopback(STATE) as one, Loopback("another") as other:
            assert one.redirect_uri != other.redirect_uri
            await _get(other, RIGHT)
            await _get(one, RIGHT)
            with pytest.raises(SignOnFailed):
                await other.code(20)
            return await one.code(20)

    assert asyncio.run(run()) == "abc"


@pytest.mark.parametrize("steps", range(6))
def test_who_comes_in_the_last_moment_is_closed_too(steps: int) -> None:
    """However far the loop is with the connection when the sign-in ends; nothing is left to be collected."""

    async def run() -> socket.socket:
        async with Loopback(STATE) as loopback:
            await asyncio.sleep(0.001)
            browser = socket.create_connection(("127.0.0.1", urlsplit(loopback.redirect_uri).port or 0))
            for _step in range(steps):
                await asyncio.sleep(0)
        return browser

    with asyncio.run(run()) as browser:
        gc.collect()
        browser.settimeout(20)
        with suppress(ConnectionResetError):
            assert browser.recv(1) == b""


def test_who_gives_up_while_it_ends_leaves_nobody_waiting() -> None:
    """As when the program is closed in that moment: a browser that only connected is told at once."""

    async def run() -> bytes:
        loopback = Loopback(STATE)
        await loopback.__aenter__()
        port = urlsplit(loopback.redirect_uri).port
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.01)
        ending = asyncio.create_task(loopback.__aexit__(None, None, None))
        await asyncio.sleep(0)
        ending.cancel()
        with suppress(asyncio.CancelledError):
            await ending
        told = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        await writer.wait_closed()
        return told

    assert asyncio.run(run()) == b""
