"""Important information: what the vendor wants its customers to know, and sometimes to confirm."""

from supportdesk.domain.entities import PublicationKind
from supportdesk.i18n import _
from supportdesk.ui.reading.screen import ReadingScreen
from supportdesk.ui.reading.words import ReadingWords


class InformationScreen(ReadingScreen):
    screen_id = "information"
    kind = PublicationKind.NOTICE

    def words(self) -> ReadingWords:
        vendor = self.context.profile.short_name
        return ReadingWords(
            name=_("Important information"),
            search=_("Search important information"),
            empty_title=_("No notices"),
            empty_text=_(
                "Maintenance, warnings and changes that {vendor} wants you to know about appear here."
            ).format(vendor=vendor),
            no_match=_("No notice contains “{text}”."),
            failed=_("The notices could not be loaded"),
            choose=_("Choose a notice"),
            gone=_("This notice is not there"),
        )
