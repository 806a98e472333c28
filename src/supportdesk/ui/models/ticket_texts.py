"""The words of a row in the ticket list, for painting, for tooltips and for screen readers."""

from datetime import datetime

from supportdesk import clock
from supportdesk.app import status_words, ticket_words
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.widgets.chip import status_text
from supportdesk.ui.widgets.text_label import plain_tooltip

_STEPS = 4
"""Of the report form."""
_HERE_ONLY = frozenset({Stage.DRAFT, Stage.OUTBOX, Stage.NEEDS_USER})


class TicketTexts:
    """`vendors` are those of the accounts whose tickets are listed."""

    def __init__(self, vendors: dict[str, Vendor], *, name_accounts: bool = False) -> None:
        self._vendors = vendors
        self._name_accounts = name_accounts

    def status(self, row: TicketRow) -> str:
        vendor = self._vendors.get(row.account_id)
        own = status_words.vendor_name(vendor.profile, row.stage) if vendor else ""
        return own or status_text(row.stage)

    def sentence(self, row: TicketRow) -> str:
        vendor = self._vendors.get(row.account_id)
        return status_words.sentence(vendor.profile, row.stage) if vendor else ""

    def detail(self, row: TicketRow) -> str:
        """What stands beside the chip."""
        if row.stage is Stage.DRAFT:
            return _("Step {n} of {count}").format(n=max(1, row.draft_step), count=_STEPS)
        if row.stage in _HERE_ONLY:
            return self._files(row)
        parts = [f"#{row.number}", ticket_words.who(row)]
        if self._name_accounts and (vendor := self._vendors.get(row.account_id)):
            parts.append(vendor.profile.short_name)
        return " · ".join(part for part in parts if part)

    def when(self, row: TicketRow) -> str:
        if row.stage in _HERE_ONLY and _is_today(row.updated_at):
            return formats.time_of_day(row.updated_at)
        return formats.ago(row.updated_at)

    @staticmethod
    def subject(row: TicketRow) -> str:
        return row.subject or _("Without a subject")

    def service(self, row: TicketRow) -> str:
        vendor = self._vendors.get(row.account_id)
        return ticket_words.service_name(vendor.catalogue, vendor.profile, row.service_id) if vendor else ""

    def priority(self, row: TicketRow) -> str:
        vendor = self._vendors.get(row.account_id)
        return ticket_words.priority_name(vendor.catalogue, vendor.profile, row.priority_id) if vendor else ""

    def tooltip(self, row: TicketRow) -> str:
        """As markup that shows everything as it is."""
        changed = _("Last change {time}").format(time=formats.exact(row.updated_at))
        parts = (self.subject(row), self.sentence(row), changed)
        return plain_tooltip("\n".join(part for part in parts if part))

    def spoken(self, row: TicketRow) -> str:
        """The whole row as one sentence after the other."""
        parts = [
            _("Unread") if row.unread else "",
            self.subject(row),
            self.status(row),
            self.detail(row),
            self.when(row),
            _("has attachments") if row.has_attachments else "",
            _waiting(row),
        ]
        return ", ".join(part for part in parts if part)

    @staticmethod
    def _files(row: TicketRow) -> str:
        if not row.file_count:
            return ""
        return ngettext("{n} file, {size}", "{n} files, {size}", row.file_count).format(
            n=row.file_count, size=formats.size(row.file_bytes)
        )


def _waiting(row: TicketRow) -> str:
    if row.refused:
        return _("Needs your help")
    return _("waits to be sent") if row.pending else ""


def _is_today(moment: datetime) -> bool:
    return moment.astimezone().date() == clock.now().astimezone().date()
