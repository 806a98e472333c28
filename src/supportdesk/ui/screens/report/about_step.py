"""Step 1: where it happens, what kind of matter it is, how urgent."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk import i18n
from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.localtext import LocalText
from supportdesk.i18n import _
from supportdesk.ui.screens.report.step_page import StepPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.radio_choice import RadioChoice
from supportdesk.ui.widgets.tree_choice import TreeChoice
from supportdesk.ui.widgets.tree_items import TreeItem


class AboutStep(StepPage):
    def __init__(self, presenter: ReportPresenter, vendor: str, language: str) -> None:
        super().__init__(presenter, vendor, language)
        self._desk = Combo()
        self._service = TreeChoice()
        self._type = Combo()
        self._priority = RadioChoice(cards=True)
        self._requester = Combo()
        self._handed_over = Banner(tone="info")
        self._catalogue: Catalogue | None = None
        self._spoken = ""
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(
            _("What is it about?"),
            _("With these details the right person at {vendor} sees your report first.").format(
                vendor=self.vendor
            ),
        )
        self._desk_field.set_label(_("Service desk"))
        self._service_field.set_label(_("Where does it happen?"))
        self._type_field.set_label(_("Type"))
        self._priority_field.set_label(_("Priority"))
        self._requester_field.set_label(_("Report for"))
        self._requester_field.set_hint(_("A colleague for whom you report this; they see the answers too."))
        self._catalogue = None

    def render_state(self, state: ReportState) -> None:
        super().render_state(state)
        self._fill_choices(state)
        draft = state.draft
        self._desk.set_value(draft.desk_id or None)
        with QSignalBlocker(self._service):
            self._service.set_value(draft.service_id or None)
        self._type.set_value(draft.type_id or None)
        self._priority.set_value(draft.priority_id)
        self._requester.set_value(draft.requester_id)
        chosen = state.catalogue.type(draft.type_id)
        self._type_field.set_hint(self._said(chosen.explanation) if chosen else "")
        for field, name in (
            (self._desk_field, "desk_id"),
            (self._service_field, "service_id"),
            (self._type_field, "type_id"),
            (self._priority_field, "priority_id"),
        ):
            field.set_error(state.problem(name))
        self._tell_handed_over(state)

    def forget_search(self) -> None:
        """What was looked for belongs to the report that was open before."""
        self._service.clear_search()

    def control_of(self, field: str) -> QWidget | None:
        first = self._service if self._desk_field.isHidden() else self._desk
        return {
            "service_id": self._service,
            "type_id": self._type,
            "priority_id": self._priority.first_target(),
            "requester_id": self._requester,
        }.get(field, first)

    def _build(self) -> None:
        space = theme().space
        self._desk_field = FormField("", self._desk, required=True)
        self._service_field = FormField("", self._service, required=True)
        self._type_field = FormField("", self._type, required=True, hint_kind="body")
        self._priority_field = FormField("", self._priority, required=True)
        self._requester_field = FormField("", self._requester)
        left, right = column(gap=space.field_gap), column(gap=space.field_gap)
        left.addWidget(self._desk_field)  # what follows depends on it
        left.addWidget(self._service_field, 1)
        for part in (self._type_field, self._requester_field, self._handed_over):
            right.addWidget(part)
        right.addStretch(1)
        self._columns = row(gap=space.xxl)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        self.add_layout(self._columns)
        self.add_gap(space.xl)
        self.add(self._priority_field)
        self.width_changed.connect(self._fit)

    def _connect(self) -> None:
        self._desk.changed.connect(self._say_desk)
        self._service.changed.connect(self._say_service)
        self._type.changed.connect(self._say_type)
        self._priority.changed.connect(self._say_priority)
        self._requester.changed.connect(self._say_requester)

    def _fill_choices(self, state: ReportState) -> None:
        key = f"{i18n.language()}/{state.draft.desk_id}"
        if state.catalogue is self._catalogue and key == self._spoken:
            return
        self._catalogue, self._spoken = state.catalogue, key
        catalogue, desk = state.catalogue, state.draft.desk_id
        self._desk.set_options([(each.id, self._said(each.name)) for each in catalogue.desks])
        self._service.set_items(self._tree(catalogue, desk))
        self._type.set_options([(each.id, self._said(each.name)) for each in catalogue.choosable_types(desk)])
        self._type.set_placeholder(_("Choose"))
        self._desk.set_placeholder(_("Choose"))
        self._priority.set_options(
            [(each.id, self._said(each.name), self._said(each.guidance)) for each in catalogue.priorities]
        )
        people = [("", _("Myself")), *((person.id, person.name) for person in state.people)]
        self._requester.set_options(people)
        if catalogue.service_label:
            self._service_field.set_label(self._said(catalogue.service_label))
        self._desk_field.setVisible(len(catalogue.desks) > 1)
        self._service_field.setVisible(bool(catalogue.services))
        self._type_field.setVisible(bool(catalogue.choosable_types(desk)))
        self._priority_field.setVisible(bool(catalogue.priorities))
        self._requester_field.setVisible(bool(state.people))

    def _tree(self, catalogue: Catalogue, desk: str) -> list[TreeItem]:
        headings: dict[str, TreeItem] = {}
        for heading, service in catalogue.choosable_services(desk):
            words = " ".join(service.name.texts())
            item = TreeItem(
                service.id, self._said(service.name), keywords=words, always_shown=service.general
            )
            if heading is None:
                headings[service.id] = item
            else:
                above = headings.get(heading.id) or TreeItem(heading.id, self._said(heading.name))
                headings[heading.id] = TreeItem(above.key, above.label, (*above.children, item))
        return list(headings.values())

    def _said(self, text: LocalText) -> str:
        return text.get(i18n.language(), self.default_language)

    def _tell_handed_over(self, state: ReportState) -> None:
        source, filled = state.draft.source, state.draft.filled
        self._handed_over.setVisible(bool(filled))
        if filled:
            self._handed_over.set_texts(
                _("Some fields are filled in for you. You can change them in the next steps."),
                _("{source} handed over some details").format(source=source)
                if source
                else _("Some details were handed over"),
            )

    @Slot(int)
    def _fit(self, content_width: int) -> None:
        narrow = content_width < theme().height.tile * 6
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._columns.setSpacing(theme().space.field_gap if narrow else theme().space.xxl)

    @Slot(str)
    def _say_desk(self, value: str) -> None:
        self.presenter.say("desk_id", value)

    @Slot(str)
    def _say_service(self, value: str) -> None:
        self.presenter.say("service_id", value)

    @Slot(str)
    def _say_type(self, value: str) -> None:
        self.presenter.say("type_id", value)

    @Slot(str)
    def _say_priority(self, value: str) -> None:
        self.presenter.say("priority_id", value)

    @Slot(str)
    def _say_requester(self, value: str) -> None:
        self.presenter.say("requester_id", value)
