"""What the program needs and the repository does not hold: compiled catalogues and the icons in use.

Runs while a wheel is built (also for an editable install), and as `python hatch_build.py` after a change.
A file is written only when its sources have changed.
"""

import contextlib
import gettext
import hashlib
import io
import os
import sqlite3
import struct
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path("resources", "translations")
ICONS = Path("resources", "icons")
# Sources of generated files: of no use to the program while it runs.
_SOURCES = {".po", ".pot"}
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # equal sources make equal files


def generate(root: Path, *, force: bool = False) -> list[Path]:
    """Bring every generated file below `root` up to date and return those that were written."""
    return [*compile_catalogues(root, force=force), *extract_icons(root, force=force)]


def shipped_resources(root: Path) -> dict[str, str]:
    """What goes into a wheel: file in the checkout -> place in the package."""
    return {
        str(file): f"supportdesk/{file.relative_to(root).as_posix()}"
        for file in sorted((root / "resources").rglob("*"))
        if file.is_file() and file.suffix not in _SOURCES
    }


def compile_catalogues(root: Path, *, force: bool = False) -> list[Path]:
    """One `supportdesk.mo` for each language out of all its `.po` files."""
    written = []
    for folder in sorted(path for path in (root / TRANSLATIONS).glob("*") if path.is_dir()):
        sources, target = sorted(folder.glob("*.po")), folder / "supportdesk.mo"
        if sources and (force or _origin(target) != _origin_of(sources)):
            content = io.BytesIO()
            write_mo(content, merged_catalogue(folder.name, sources))
            _replace(target, content.getvalue())
            written.append(target)
    return written


def _origin_of(sources: list[Path]) -> str:
    """Stands in the compiled catalogue as the version of its project."""
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def _origin(catalogue: Path) -> str:
    """What a compiled catalogue was made of; "" where there is none or it cannot be read."""
    try:
        with catalogue.open("rb") as stream:
            return gettext.GNUTranslations(stream).info().get("project-id-version", "").rpartition(" ")[2]
    except (OSError, UnicodeError, struct.error):
        return ""


def merged_catalogue(language: str, sources: list[Path]) -> Catalog:
    """All messages of a language; raises ValueError where two files translate one text differently."""
    merged = Catalog(
        locale=language,
        project="SupportDesk",
        version=_origin_of(sources),
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
    )
    for source in sources:
        with source.open("rb") as stream:
            for message in read_po(stream, locale=language, abort_invalid=True):
                _add(merged, message, source)
    return merged


def _add(catalogue: Catalog, message: Message, source: Path) -> None:
    if not message.id or message.fuzzy or not message.string:
        return
    known = catalogue.get(message.id, message.context)
    if known is not None and known.string != message.string:
        text = f"{source}: {message.id!r} is {message.string!r} here and {known.string!r} in another file"
        raise ValueError(text)
    catalogue.add(message.id, message.string, context=message.context)


def extract_icons(root: Path, *, force: bool = False) -> list[Path]:
    """The SVG of every name in icons.toml; removes those that are no longer listed."""
    listing = root / ICONS / "icons.toml"
    names = tomllib.loads(listing.read_text(encoding="utf-8"))["names"]
    targets = {name: listing.with_name(f"{name}.svg") for name in names}
    for file in set(listing.parent.glob("*.svg")) - set(targets.values()):
        file.unlink(missing_ok=True)
    outdated = [name for name, file in targets.items() if force or not file.exists()]
    if not outdated:
        return []
    drawings = _lucide(outdated)
    for name in outdated:
        _replace(targets[name], drawings[name].encode())
    return [targets[name] for name in outdated]


def _lucide(names: list[str]) -> dict[str, str]:
    """Drawings by name; raises LookupError that lists every name Lucide does not have."""
    package = util.find_spec("lucide")
    if package is None or not package.submodule_search_locations:
        message = "The package python-lucide is missing: it carries the icons."
        raise LookupError(message)
    database = Path(package.submodule_search_locations[0], "data", "lucide-icons.db")
    with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        drawings = dict(connection.execute("SELECT name, svg FROM icons"))
        renamed = dict(connection.execute("SELECT alias, name FROM icon_aliases"))
    unknown = [name for name in names if name not in drawings]
    if unknown:
        advice = ", ".join(f"{name} (now {renamed[name]})" if name in renamed else name for name in unknown)
        message = f"{ICONS / 'icons.toml'}: Lucide has no icon named {advice}"
        raise LookupError(message)
    return {name: drawings[name] for name in names}


def _replace(target: Path, content: bytes) -> None:
    """Write in one step: several processes may generate at the same time."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(target)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # started as a script where only the two sources are installed
    pass
else:

    class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
        """Generates, and puts `resources` into the package; an editable install reads the checkout's."""

        def initialize(self, version: str, build_data: dict[str, dict[str, str]]) -> None:
            root = Path(self.root)
            generate(root)
            if self.target_name == "wheel" and version == "standard":
                build_data["force_include"].update(shipped_resources(root))


if __name__ == "__main__":
    for path in generate(Path(__file__).resolve().parent, force="--force" in sys.argv):
        print(path)
