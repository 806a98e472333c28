"""Which vendors this computer knows: the profiles the customer added, and the demo vendors."""

import os
from pathlib import Path

import msgspec

from supportdesk.domain import profile_files as profiles
from supportdesk.domain import videos
from supportdesk.domain.address import server_address
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import InvalidInput, NotFound, ProfileError
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
        raise NotFound(
            _("There is no vendor called {name} on this computer.").format(name=profile_id),
            next_step=_(
                "“supportdesk add-vendor” adds one by its address or its profile file, and tells its id."
            ),
        )

    def demo(self, name: str) -> Profile:
        """Raises NotFound for a name that is not in DEMO_NAMES."""
        return profiles.demo(name)

    def film(self, profile_id: str, video: str) -> Path | None:
        """A film that came with a vendor's profile; None where it is not here. Asks the disk."""
        if not videos.is_file(video):
            return None
        is_added = profile_id not in DEMO_NAMES
        folder = (self._folder if is_added else profiles.bundled_path(profile_id).parent).resolve()
        path = (folder / video).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None

    def add(self, path: Path) -> Profile:
        """Checks a profile file and keeps a copy. Raises ProfileError or StoreError; then nothing is kept.

        Where another vendor has its id already, it is kept as `keep` does.
        """
        from supportdesk.replica.connections import store_errors  # the first painted window needs no SQLite

        content = profiles.read(path)
        profile = profiles.parse(content, name=path.name)
        if profile.id in DEMO_NAMES:
            raise ProfileError(_("The id {name} is taken by a demo vendor.").format(name=profile.id))
        if _whereabouts(self._by_id().get(profile.id, profile)) != _whereabouts(profile):
            return self.keep(profile)
        with store_errors():
            self._keep_films(profile, path.parent)
            self._put(profile.id, _WRITTEN, content.encode())
        self.load()
        return profile

    def _keep_films(self, profile: Profile, folder: Path) -> None:
        """Copies those that the profile names. Raises ProfileError for one that is not there."""
        import shutil  # with all its kinds of archives, which a start does not need

        for video in filter(videos.is_file, profile.links.video_help.texts()):
            kept = self._folder / video
            if not (folder / video).is_file():
                raise ProfileError(
                    _("The film {name} is not beside the profile file.").format(name=video),
                    where="links.video_help",
                )
            if kept.resolve() != (folder / video).resolve():
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / video, kept)

    def keep(self, profile: Profile) -> Profile:
        """Keeps a vendor as its server tells it. Raises ProfileError or StoreError; then nothing is kept.

        A vendor is where its address is: the same one again is renewed under the id that it has here. Another
        one that is called alike gets an id of its own, because accounts, tokens and outbox go by the id.
        """
        from supportdesk.domain import found_profiles

        kept = self._under_own_id(found_profiles.checked(profile))
        self._save_found(kept)
        return kept

    def found_at(self, profile_id: str) -> str:
        """The address by which a vendor was added; '' for one of a file, and for demo vendors."""
        is_found = (self._folder / f"{profile_id}{_FOUND}").exists()
        return self.get(profile_id).backend.address if is_found else ""

    def renew(self, profile_id: str, told: Profile) -> bool:
        """Keeps what a vendor's server tells by now, and says whether that is anything new.

        Id and address stay as they are here. Raises NotFound, ProfileError or StoreError.
        """
        from supportdesk.domain import found_profiles

        known = self.get(profile_id)
        renewed = found_profiles.checked(msgspec.structs.replace(told, id=known.id, backend=known.backend))
        if renewed == known:
            return False
        self._save_found(renewed)
        return True

    def _under_own_id(self, profile: Profile) -> Profile:
        from supportdesk.domain import found_profiles

        known, place = self._by_id(), _whereabouts(profile)
        there = [id for id, each in known.items() if _whereabouts(each) == place]
        if profile.id in there:
            return profile
        if there and profile.backend.address:  # embedded desks are all at the same one
            return msgspec.structs.replace(profile, id=there[0])
        taken = {*known, *DEMO_NAMES}
        return found_profiles.renamed(profile, taken) if profile.id in taken else profile

    def _by_id(self) -> dict[str, Profile]:
        return {profile.id: profile for profile in self.added()}

    def _save_found(self, profile: Profile) -> None:
        from supportdesk.domain import found_profiles
        from supportdesk.replica.connections import store_errors

        with store_errors():
            self._put(profile.id, _FOUND, found_profiles.encoded(profile))
        self.load()

    def _put(self, profile_id: str, suffix: str, content: bytes) -> None:
        """In the place of what was there, also in the other form; a power cut takes nothing back."""
        from supportdesk.replica.blobs import sync_folder

        is_first = not self._folder.exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{profile_id}.new"
        with fresh.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._folder / f"{profile_id}{suffix}")
        (self._folder / f"{profile_id}{_FOUND if suffix == _WRITTEN else _WRITTEN}").unlink(missing_ok=True)
        sync_folder(self._folder)
        if is_first:
            sync_folder(self._folder.parent)


def _whereabouts(profile: Profile) -> tuple[str, str]:
    """Kind and address of the backend, however it is written."""
    kind, address = profile.backend.kind, profile.backend.address
    try:
        return kind, server_address(address)
    except InvalidInput:  # other kinds may have other addresses, embedded desks have none
        return kind, address


def _loaded(path: Path) -> Profile:
    if path.suffix == _WRITTEN:
        return profiles.load(path)
    from supportdesk.domain import found_profiles  # with all the rules, which a first start does not need

    return found_profiles.load(path)
