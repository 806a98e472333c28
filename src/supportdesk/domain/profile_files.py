"""Vendor profiles: finding their files, reading and checking them.

An error says the file, the line and the key, because the person who reads it is the one who edits the file.
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from supportdesk import resources
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import NotFound, ProfileError
from supportdesk.domain.profile import Profile
from supportdesk.domain.toml_lines import line_of
from supportdesk.i18n import _


def bundled() -> tuple[Profile, ...]:
    """The five demo vendors."""
    return tuple(demo(name) for name in DEMO_NAMES)


@cache
def demo(name: str) -> Profile:
    """A demo vendor. Its file travels with the program: the tests hold it to the rules, a start need not.
    Raises NotFound."""
    path = bundled_path(name)
    return _decoded(read(path), path.name)


def bundled_path(name: str) -> Path:
    """Raises NotFound for a name that is not in DEMO_NAMES."""
    if name not in DEMO_NAMES:
        raise NotFound(_("There is no demo called {name}.").format(name=name))
    return resources.path("profiles", f"{name}.toml")


def load(path: Path) -> Profile:
    """The profile in a file; raises ProfileError, also when the file cannot be read."""
    return parse(read(path), name=path.name)


def read(path: Path) -> str:
    """The text of a profile file; raises ProfileError when it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(_("The file cannot be read."), where=str(path)) from error


def parse(content: str, name: str) -> Profile:
    """The profile written in `content`; `name` is what errors call the file. Raises ProfileError."""
    from supportdesk.domain.profile_rules import broken_rule  # a first start has nothing to check

    profile = _decoded(content, name)
    if broken := broken_rule(profile):
        raise ProfileError(broken.what, where=_where(name, content, broken.key))
    return profile


def _decoded(content: str, name: str) -> Profile:
    try:
        tree = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(str(error), where=name) from error
    try:
        return msgspec.convert(tree, Profile, strict=True)
    except msgspec.ValidationError as error:
        what, key = _told(str(error))
        raise ProfileError(what, where=_where(name, content, key)) from error


def find(folder: Path) -> tuple[Path, ...]:
    """The profile files in a folder, by name; none when there is no such folder."""
    return tuple(sorted(folder.glob("*.toml")))


def _told(message: str) -> tuple[str, str]:
    """msgspec's message as (what is wrong, key). An unknown or missing key is named, not its parent."""
    what, _at, key = message.partition(" - at `")
    key = key.rpartition("`$")[2] if "`$" in key else key  # "key` in `$.wording.status`" names a table's key
    key = key.rstrip("`").removeprefix("$").removeprefix(".")
    for quoted in ("unknown field `", "missing required field `"):
        if quoted in what:
            field = what.partition(quoted)[2].rstrip("`")
            key = f"{key}.{field}" if key else field
    return what, key


def _where(name: str, content: str, key: str) -> str:
    return f"{name}:{line_of(content, key)} {key}".rstrip()
