"""Newsletter: the current issue and the past ones."""

from supportdesk import i18n
from supportdesk.domain.entities import PublicationKind
from supportdesk.i18n import _
from supportdesk.ui.reading.screen import ReadingScreen
from supportdesk.ui.reading.words import ReadingWords


class NewsletterScreen(ReadingScreen):
    screen_id = "newsletter"
    kind = PublicationKind.NEWSLETTER

    def words(self) -> ReadingWords:
        profile = self.context.profile
        name = profile.text(profile.newsletter_name, i18n.language()) or _("Newsletter")
        return ReadingWords(
            name=_("Newsletter"),
            search=_("Search {newsletter}").format(newsletter=name),
            empty_title=_("No issue yet"),
            empty_text=_("Every issue of {newsletter} appears here, and stays to look things up.").format(
                newsletter=name
            ),
            no_match=_("No issue contains “{text}”."),
            failed=_("The newsletter could not be loaded"),
            choose=_("Choose an issue"),
            gone=_("This issue is not there"),
        )
