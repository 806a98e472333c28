"""Copying a secret and taking it back."""

from collections.abc import Callable

from supportdesk.app.clipboard import SecretClipboard

KEY = "MDP7-4KQA-81TX-ZV5N-9K2F"


class Desk:
    """A clipboard that other programs use too, and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.content = ""
        self.due: tuple[float, Callable[[], None]] | None = None
        self.now_s = 0.0

    def put(self, secret: str) -> None:
        self.content = secret

    def text(self) -> str:
        return self.content

    def clear(self) -> None:
        self.content = ""

    def call_later(self, delay_s: float, job: Callable[[], None]) -> None:
        self.due = (self.now_s + delay_s, job)

    def pass_time(self, seconds: float) -> None:
        self.now_s += seconds
        if self.due is not None and self.now_s >= self.due[0]:
            _at, job = self.due
            self.due = None
            job()


def test_it_is_cleared_in_time() -> None:
    """A key is in the clipboard until its time is over, and not longer."""
    desk = Desk()
    SecretClipboard(desk).copy("one", KEY, 60)
    desk.pass_time(59)
    assert desk.content == KEY
    desk.pass_time(1)
    assert desk.content == ""


def test_what_somebody_else_copied_stays() -> None:
    """Something copied meanwhile is never taken away."""
    desk = Desk()
    secrets = SecretClipboard(desk)
    secrets.copy("one", KEY, 60)
    desk.content = "a shopping list"
    desk.pass_time(60)
    assert desk.content == "a shopping list"
    assert secrets.copied == ""


def test_a_second_key_has_its_whole_time() -> None:
    """Copying another key begins anew; the time of the first one no longer counts."""
    desk = Desk()
    secrets = SecretClipboard(desk)
    secrets.copy("one", KEY, 60)
    desk.pass_time(50)
    secrets.copy("two", "5521-7740-0318", 60)
    desk.pass_time(50)
    assert (desk.content, secrets.copied) == ("5521-7740-0318", "two")
    desk.pass_time(10)
    assert (desk.content, secrets.copied) == ("", "")


def test_clearing_early() -> None:
    """Clearing at once empties it, and the time that comes later finds nothing to do."""
    desk = Desk()
    secrets = SecretClipboard(desk)
    secrets.copy("one", KEY, 60)
    secrets.clear()
    assert desk.content == ""
    desk.content = "something new"
    desk.pass_time(60)
    assert desk.content == "something new"


def test_nothing_was_copied() -> None:
    """Ending the program without having copied anything leaves the clipboard as it is."""
    desk = Desk()
    desk.content = "a shopping list"
    SecretClipboard(desk).clear()
    assert desk.content == "a shopping list"


def test_who_asks_is_told() -> None:
    """Listeners hear when a key is copied and when something else took its place, until they stop."""
    desk = Desk()
    secrets = SecretClipboard(desk)
    heard: list[str] = []
    stop = secrets.subscribe(lambda: heard.append(secrets.copied))
    secrets.copy("one", KEY, 60)
    secrets.changed_elsewhere()
    assert heard == ["one"]
    desk.content = "a shopping list"
    secrets.changed_elsewhere()
    assert heard == ["one", ""]
    stop()
    secrets.copy("two", KEY, 60)
    assert heard == ["one", ""]


def test_the_secret_itself_is_not_kept() -> None:
    """Of a copied key nothing remains in our memory from which it could be read."""
    desk = Desk()
    secrets = SecretClipboard(desk)
    secrets.copy("one", KEY, 60)
    assert KEY not in repr(vars(secrets)) + repr(desk.due)
