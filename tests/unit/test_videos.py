"""What may be given as a video, and where films come from."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from supportdesk.app.vendors import Vendors
from supportdesk.domain import found_profiles, profile_files, videos
from supportdesk.domain.errors import ProfileError
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.profile_files import bundled_path


@pytest.mark.parametrize(
    ("video", "host"),
    [
        ("https://acme.example/film", "acme.example"),
        ("http://acme.example:8080/film?a=b", "acme.example"),
        ("https://bank.example@evil.example/film", ""),
        ("https://acme.example/a b", ""),
        ("https://[broken", ""),
        ("https:///film", ""),
        ("//acme.example/film", ""),
        ("ftp://acme.example/film.mp4", ""),
        ("file:///etc/film.mp4", ""),
        ("javascript:alert(1)", ""),
        ("film.mp4", ""),
    ],
)
def test_addresses_lead_where_they_say(video: str, host: str) -> None:
    """Only http and https, and no name in front that looks like another host."""
    assert videos.host(video) == host


@pytest.mark.parametrize("video", ["film.mp4", "videos/Ein Film.webm", "a/b/c.MOV"])
def test_films_lie_below_the_profile(video: str) -> None:
    """With a path in it or not."""
    assert videos.is_file(video)
    assert videos.is_video(video)


@pytest.mark.parametrize(
    "video",
    [
        "",
        ".mp4",
        "/etc/film.mp4",
        "../film.mp4",
        "a/../../film.mp4",
        "C:/film.mp4",
        "a\\film.mp4",
        "film.mp4\n",
        "film.sh",
        "film.mp4.desktop",
        ".hidden/film.mp4",
        "https://acme.example/film.mp4",
    ],
)
def test_nothing_else_is_a_film(video: str) -> None:
    """No way out of the folder, no programs, no addresses."""
    assert not videos.is_file(video)


def given(folder: Path, video: str) -> Path:
    """A profile file that names this video as its help."""
    text = bundled_path("practice").read_text("utf-8")
    text = text.replace('id = "practice"', 'id = "acme"', 1)
    at = text.index("video_help = ")
    text = f'{text[:at]}video_help = {{ de = "{video}" }}{text[text.index(chr(10), at) :]}'
    path = folder / "acme.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_film_is_kept_along_with_its_profile(tmp_path: Path) -> None:
    """It is copied, found by its vendor, and without it the profile is refused."""
    vendors = Vendors(tmp_path / "profiles")
    path = given(tmp_path, "videos/help.mp4")
    with pytest.raises(ProfileError):
        vendors.add(path)
    assert vendors.added() == ()
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "help.mp4").write_bytes(b"film")
    profile = vendors.add(path)
    film = vendors.film(profile.id, profile.links.video_help.de)
    assert film is not None
    assert film.read_bytes() == b"film"
    assert film.is_relative_to(tmp_path / "profiles")


def test_films_are_looked_for_nowhere_else(tmp_path: Path) -> None:
    """A name that leads out of the folder, be it by a link, finds nothing; nor does one that is not there."""
    folder = tmp_path / "profiles"
    folder.mkdir()
    (tmp_path / "film.mp4").write_bytes(b"film")
    (folder / "linked.mp4").symlink_to(tmp_path / "film.mp4")
    vendors = Vendors(folder)
    for video in ("../film.mp4", "linked.mp4", "missing.mp4", "https://acme.example/film.mp4", ""):
        assert vendors.film("acme", video) is None
        assert vendors.film("practice", video) is None


def test_films_of_a_server_are_not_offered() -> None:
    """A profile that was told by a server brings no files along; addresses stay."""
    told = profile_files.demo("practice")
    links = replace(told.links, video_help=LocalText(de="help.mp4", en="https://acme.example/help"))
    kept = found_profiles.checked(replace(told, links=links)).links
    assert kept.video_help == LocalText(en="https://acme.example/help")
