"""Help articles: known matters and their solutions, to search and to look through."""

from supportdesk.domain.entities import PublicationKind
from supportdesk.i18n import _
from supportdesk.ui.reading.screen import ReadingScreen
from supportdesk.ui.reading.words import ReadingWords


class ArticlesScreen(ReadingScreen):
    screen_id = "articles"
    kind = PublicationKind.ARTICLE

    def words(self) -> ReadingWords:
        return ReadingWords(
            name=_("Help articles"),
            search=_("Search help articles"),
            empty_title=_("No help articles yet"),
            empty_text=_("Answers to common questions of {vendor}’s customers appear here.").format(
                vendor=self.context.profile.short_name
            ),
            no_match=_("No article contains “{text}”."),
            failed=_("The articles could not be loaded"),
            choose=_("Choose an article"),
            gone=_("This article is not there"),
        )
