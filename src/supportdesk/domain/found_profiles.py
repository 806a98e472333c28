"""Profiles that a server gave away: the same content as a profile file, as JSON."""

import hashlib
import re
from collections.abc import Container
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from supportdesk.domain import videos
from supportdesk.domain.errors import ProfileError
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.profile import Profile
from supportdesk.domain.profile_rules import broken_rule
from supportdesk.i18n import _

_LONGEST_ID = 40
_MARK_CHARS = 12
_KEPT_CHARS = _LONGEST_ID - _MARK_CHARS - 1


def checked(profile: Profile) -> Profile:
    """The same profile without films, which do not travel. Raises ProfileError for one that breaks a rule."""
    if broken := broken_rule(profile):
        raise ProfileError(broken.what, where=broken.key)
    told = msgspec.structs.asdict(profile.links.video_help)
    addresses = {language: "" if videos.is_file(video) else video for language, video in told.items()}
    links = msgspec.structs.replace(profile.links, video_help=LocalText(**addresses))
    return msgspec.structs.replace(profile, links=links)


def renamed(profile: Profile, taken: Container[str]) -> Profile:
    """Named after its address as well, so that it can stand beside another one of the same name.

    Raises ProfileError where even that name is among the `taken` ones.
    """
    address = profile.backend.address
    place = re.sub(r"[^a-z0-9]+", "-", urlsplit(address).netloc.lower()).strip("-")
    name = f"{profile.id}-{place}"
    if not place or len(name) > _LONGEST_ID or name in taken:
        name = f"{profile.id[:_KEPT_CHARS]}-{hashlib.sha256(address.encode()).hexdigest()[:_MARK_CHARS]}"
    if name in taken:
        raise ProfileError(_("The id {name} is taken by another vendor.").format(name=profile.id))
    return msgspec.structs.replace(profile, id=name)


def encoded(profile: Profile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(profile), indent=2)


def load(path: Path) -> Profile:
    """Raises ProfileError for a file that is no such profile, or breaks a rule."""
    try:
        return checked(msgspec.json.decode(path.read_bytes(), type=Profile))
    except (OSError, msgspec.MsgspecError) as error:
        raise ProfileError(_("The file cannot be read."), where=path.name) from error
