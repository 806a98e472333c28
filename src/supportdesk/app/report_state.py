"""Report a problem: what its screen draws from."""

from datetime import datetime

import msgspec

from supportdesk.app.flows.report_draft import ReportDraft, fit_to_form
from supportdesk.app.flows.report_flow import Position
from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import Person, Publication
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Delivery, Draft, Link, Suggestion
from supportdesk.domain.reporting import Problem


class ReportState(msgspec.Struct, frozen=True):
    """`shown` are the problems the customer gets to see; `focus` names the field that gets the focus, and
    `focus_turn` grows with each such wish."""

    ready: bool = False
    error: SupportDeskError | None = None
    catalogue: Catalogue = Catalogue()
    capabilities: Capabilities = Capabilities()
    people: tuple[Person, ...] = ()
    """On whose behalf a report can be made; empty where that is not offered."""
    drafts: tuple[Draft, ...] = ()
    """To go on with, while the customer has not chosen between them and a new report."""
    draft_id: str = ""
    draft: ReportDraft = ReportDraft()
    position: Position = Position()
    shown: tuple[Problem, ...] = ()
    focus: str = ""
    focus_turn: int = 0
    saved_at: datetime | None = None
    suggestions: tuple[Suggestion, ...] = ()
    article: Publication | None = None
    adding: int = 0
    """Files that are being copied."""
    trouble: str = ""
    sending: bool = False
    delivery: Delivery | None = None
    """Of the report, from the moment it is safe on this computer."""
    link: Link = Link.STARTING
    works_offline: bool = False
    """There is no connection because the customer chose it."""

    @property
    def choosing(self) -> bool:
        return bool(self.drafts) and not self.draft_id

    @property
    def outgoing(self) -> ReportDraft:
        """The draft with those answers only that its form asks for."""
        return fit_to_form(self.draft, self.catalogue)

    def problem(self, field: str) -> str:
        return next((problem.sentence for problem in self.shown if problem.field == field), "")
