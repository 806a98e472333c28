"""Which vendors this computer knows: the profiles the customer added, and the demo vendors."""

from pathlib import Path

from supportdesk.domain import profile_files as profiles
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import NotFound, ProfileError
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _


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
        for path in profiles.find(self._folder):
            try:
                profile = profiles.load(path)
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
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._folder / f"{profile.id}.new"
            fresh.write_text(content, encoding="utf-8")
            fresh.replace(self._folder / f"{profile.id}.toml")
        self.load()
        return profile
