"""Which vendors this computer knows: the profiles the customer added, and the demo vendors."""

from pathlib import Path

from supportdesk.domain import profile_files as profiles
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import NotFound, ProfileError
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _

_WRITTEN, _FOUND = ".toml", ".json"
"""What a vendor wrote by hand, and what its server told."""


class Vendors:
    """Profiles by id. `folder` holds the added ones; a broken file there is a line in `problems`.

    Reads files at the first question: ask it off the GUI thread first (`load`).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Profile] | None = None
        self.problems: tuple[str, ...] = ()

    def load(self) -> None:
        known: dict[str, Profile] = {}
        problems: list[str] = []
        for path in (*profiles.find(self._folder), *sorted(self._folder.glob(f"*{_FOUND}"))):
            try:
                profile = _loaded(path)
            except ProfileError as error:
                problems.append(str(error))
            else:
                if profile.id in known or profile.id in DEMO_NAMES:
                    problems.append(
                        _("{file}: the id {name} is taken.").format(file=path.name, name=profile.id)
                    )
                else:
                    known[profile.id] = profile
        self._known = known
        self.problems = tuple(problems)

    def added(self) -> tuple[Profile, ...]:
        """By name."""
        if self._known is None:
            self.load()
        return tuple(sorted((self._known or {}).values(), key=lambda profile: profile.name.casefold()))

    def get(self, profile_id: str) -> Profile:
        """An added profile, else the demo vendor of that name. Raises NotFound."""
        for profile in self.added():
            if profile.id == profile_id:
                return profile
        if profile_id in DEMO_NAMES:
            return self.demo(profile_id)
        raise NotFound(_("There is no vendor called {name} on this computer.").format(name=profile_id))

    def demo(self, name: str) -> Profile:
        """Raises NotFound for a name that is not in DEMO_NAMES."""
        return profiles.demo(name)

    def add(self, path: Path) -> Profile:
        """Checks a profile file and keeps a copy. Raises ProfileError or StoreError; then nothing is kept."""
        from supportdesk.replica.connections import store_errors  # the first painted window needs no SQLite

        content = profiles.read(path)
        profile = profiles.parse(content, name=path.name)
        if profile.id in DEMO_NAMES:
            raise ProfileError(_("The id {name} is taken by a demo vendor.").format(name=profile.id))
        with store_errors():
            self._put(profile.id, _WRITTEN, content.encode())
        self.load()
        return profile

    def keep(self, profile: Profile) -> Profile:
        """Keeps a vendor as its server tells it. Raises ProfileError or StoreError; then nothing is kept.

        One that is called like a demo vendor gets a name of its own on this computer.
        """
        from supportdesk.domain import found_profiles
        from supportdesk.replica.connections import store_errors

        kept = found_profiles.checked(profile)
        if kept.id in DEMO_NAMES:
            kept = found_profiles.renamed(kept)
        with store_errors():
            self._put(kept.id, _FOUND, found_profiles.encoded(kept))
        self.load()
        return kept

    def _put(self, profile_id: str, suffix: str, content: bytes) -> None:
        """In the place of what was there, also in the other form."""
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{profile_id}.new"
        fresh.write_bytes(content)
        fresh.replace(self._folder / f"{profile_id}{suffix}")
        (self._folder / f"{profile_id}{_FOUND if suffix == _WRITTEN else _WRITTEN}").unlink(missing_ok=True)


def _loaded(path: Path) -> Profile:
    if path.suffix == _WRITTEN:
        return profiles.load(path)
    from supportdesk.domain import found_profiles  # with all the rules, which a first start does not need

    return found_profiles.load(path)
