"""Headers as clients write them, and as they should not."""

import pytest

from supportdesk.server import etags, ranges
from supportdesk.server.layers.compression import accepts_gzip
from supportdesk.server.layers.languages import preferred
from supportdesk.server.ranges import Range, Unsatisfiable


@pytest.mark.parametrize(
    ("written", "languages"),
    [
        ("de", ["de"]),
        ("de-DE,de;q=0.9,en;q=0.8", ["de-DE", "de", "en"]),
        ("en;q=0.1, sv", ["sv", "en"]),
        ("de;q=0", []),
        ("de;q=2, en", ["en"]),
        ("", []),
        (",,;q=1,\x00", []),
        ("a" * 5000, []),
    ],
)
def test_languages_by_weight(written: str, languages: list[str]) -> None:
    """Best first; nonsense is left out."""
    assert preferred(written) == languages


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("gzip", True),
        ("br, GZIP ; q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *;q=0", False),
        ("x-gzip", False),
        ("identity", False),
        ("", False),
    ],
)
def test_whether_gzip_is_wanted(written: str, accepted: bool) -> None:
    """Weight zero means no."""
    assert accepts_gzip(written) == accepted


@pytest.mark.parametrize(
    ("written", "size_bytes", "part"),
    [
        ("bytes=0-9", 100, Range(0, 10)),
        ("bytes=90-", 100, Range(90, 100)),
        ("bytes=-1", 100, Range(99, 100)),
        ("bytes=-500", 100, Range(0, 100)),
        ("", 100, None),
        ("bytes=9-1", 100, None),
        ("bytes=1-2,3-4", 100, None),
        (f"bytes={'9' * 30}-", 100, None),
    ],
)
def test_ranges(written: str, size_bytes: int, part: Range | None) -> None:
    """None is the whole."""
    assert ranges.asked(written, size_bytes) == part


@pytest.mark.parametrize(("written", "size_bytes"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_ranges_behind_the_end(written: str, size_bytes: int) -> None:
    """There is nothing there, also of an empty file."""
    with pytest.raises(Unsatisfiable):
        ranges.asked(written, size_bytes)


def test_tags_are_compared_weakly() -> None:
    """Of several, quoted as they are, whether one is ours."""
    tag = etags.of("state")
    assert etags.shown(f'"other", {tag}', tag)
    assert etags.shown(tag.removeprefix("W/"), tag)
    assert not etags.shown('"other", W/"more"', tag)
    assert not etags.shown(tag.strip('W/"'), tag)
