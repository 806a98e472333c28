"""The page in the place of what never came from the vendor, or could not be read here."""

from PySide6.QtWidgets import QWidget

from supportdesk.app.connection import is_by_choice
from supportdesk.app.unreachable import absence
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import SyncState
from supportdesk.i18n import _
from supportdesk.ui.connection.way_out import WayOut
from supportdesk.ui.widgets.empty_state import ErrorState


class NotLoaded(ErrorState):
    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._profile = profile
        self.way_out = WayOut(self.add_button("", "primary", "refresh-cw"))

    def show_reason(
        self, title: str, sync: SyncState | None, error: SupportDeskError | None, *, safe: str = ""
    ) -> None:
        """`title` says what is missing, `safe` what is not lost."""
        why, by_choice = absence(sync, error, self._profile.short_name), is_by_choice(sync) and error is None
        phone = self._profile.support.phone
        notes = (
            _("It is tried again by itself.") if why.by_itself else "",
            _("Urgent? Call {phone}").format(phone=phone) if phone else "",
        )
        self.set_icon("cloud-off" if by_choice else "cloud-alert", "neutral" if by_choice else "danger")
        self.set_texts(title, f"{why.text} {safe}".strip(), " ".join(note for note in notes if note))
        self.way_out.show_sync(None if error is not None else sync)
        self.set_details(why.details)
