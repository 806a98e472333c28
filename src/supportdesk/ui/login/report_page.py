"""A report by somebody who is not signed in."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk import i18n
from supportdesk.app.guest_report import GuestReport, GuestReportState
from supportdesk.app.sign_in_state import SignInState
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.screens.report.vendor_fields import VendorFields
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.check_row import CheckRow
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.focus_order import focus_in_reading_order
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_area import TextArea


class ReportPage(FormPage):
    submitted = Signal(object)
    """A GuestReport."""
    written = Signal(object)
    """The GuestReport as it is now, after each change by the person."""
    service_chosen = Signal(str)
    answered = Signal(str, str)
    corrected = Signal(str)
    """Which field was changed, by its name in `GuestReportState.wrong`."""
    link_requested = Signal(str)

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._state = GuestReportState(profile)
        self._begun = GuestReport()
        self._is_filling = False
        self._left_out = Banner(tone="warning")
        self.name, self.email, self.subject = LineEdit(), LineEdit(), LineEdit()
        self.email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.service, self.consent = Combo(), Combo()
        self.description = TextArea(formatting=False, min_lines=4, max_lines=10)
        self.questions = VendorFields(profile.default_language)
        self.questions.set_narrow(True)
        self.privacy = CheckRow()
        self._privacy_trouble = Banner(tone="danger")
        self._privacy_link = button("", kind="link", icon="external-link")
        self._build()
        self._connect()
        self.retranslate()
        self.consent.set_value(next((each.id for each in profile.catalogue.consents if each.preset), None))

    def render_state(self, state: SignInState) -> None:
        if state.report is None:
            return
        told, before = state.report, self._state
        self._state = told
        if told.begun != self._begun:
            self._fill(told.begun)
        self._left_out.setVisible(bool(told.left_out))
        self._left_out.set_texts("\n".join(told.left_out))
        if told.questions != before.questions:
            self._ask()
        for question in told.questions:
            wrong = told.wrong.get(f"fields.{question.id}", "")
            self.questions.set_answer(question.id, told.answers.get(question.id, ""), wrong, "")
        self.show_trouble(told.wrong, told.error, told.rejections)
        self._tell_privacy()
        self.show_busy(told.busy)
        self.back.setEnabled(not told.busy)

    def controls(self) -> Iterator[tuple[str, QWidget]]:
        """The vendor's own questions stand before the last field, the consent below it."""
        for name, control in super().controls():
            if name == "consent_id":
                yield from self._question_controls()
            yield name, control
        yield "privacy_accepted", self.privacy.check

    def _question_controls(self) -> Iterator[tuple[str, QWidget]]:
        for question in self._state.questions:
            control = self.questions.control_of(question.id)
            if control is not None:
                yield f"fields.{question.id}", control

    def _tell_privacy(self) -> None:
        trouble = _(self._state.wrong.get("privacy_accepted", ""))
        self._privacy_trouble.setVisible(bool(trouble))
        self._privacy_trouble.set_texts(trouble)

    def retranslate(self) -> None:
        super().retranslate()
        self._tell_privacy()
        say, profile = i18n.language(), self._profile
        catalogue = profile.catalogue
        self.title.setText(_("Report a problem without signing in"))
        self.text.setText(_("{vendor} answers by mail.").format(vendor=profile.short_name))
        self.fields["name"].set_label(_("Your full name"))
        self.fields["email"].set_label(_("E-mail"))
        label = profile.text(catalogue.service_label, say)
        self.fields["service_id"].set_label(label or _("Where does it happen?"))
        self.fields["subject"].set_label(_("Subject"))
        self.fields["description"].set_label(_("What happened?"))
        self.fields["consent_id"].set_label(_("If it turns out to be chargeable"))
        self.service.set_options(self._services(say))
        self.service.set_placeholder(_("Choose"))
        self.consent.set_options([(each.id, profile.text(each.name, say)) for each in catalogue.consents])
        self.consent.set_placeholder(_("Choose"))
        self.privacy.set_texts(
            _("{vendor} may use what I wrote and my address to answer me.").format(vendor=profile.short_name)
        )
        self._privacy_link.setText(_("Privacy notice"))
        self._privacy_link.setVisible(bool(profile.text(profile.links.privacy, say)))
        self._ask()
        self.next.setText(_("Send the report"))

    def _build(self) -> None:
        catalogue = self._profile.catalogue
        self.add_part(self._left_out)
        self.add_field("name", self.name, required=True)
        self.add_field("email", self.email, required=True)
        self.add_field("service_id", self.service, required=True).setVisible(bool(catalogue.services))
        self.add_field("subject", self.subject, required=True)
        self.add_field("description", self.description, required=True)
        self.add_part(self.questions)
        self.add_field("consent_id", self.consent, required=True).setVisible(bool(catalogue.consents))
        self.add_part(self.privacy)
        self.add_part(self._privacy_trouble)
        self.add_part(self._privacy_link, theme().space.s)

    def _connect(self) -> None:
        self.service.changed.connect(self.service_chosen)
        self.questions.answered.connect(self.answered)
        for name, change in (
            ("name", self.name.textChanged),
            ("email", self.email.textChanged),
            ("service_id", self.service.changed),
            ("subject", self.subject.textChanged),
            ("description", self.description.changed),
            ("consent_id", self.consent.changed),
            ("privacy_accepted", self.privacy.check.toggled),
        ):
            change.connect(partial(self._take_change, name))
        self._privacy_link.clicked.connect(self._open_privacy)
        self.next.clicked.connect(self._submit)

    def _ask(self) -> None:
        self.questions.set_questions(self._state.questions)
        focus_in_reading_order(self)

    def _fill(self, begun: GuestReport) -> None:
        self._begun, self._is_filling = begun, True
        self.name.setText(begun.name)
        self.email.setText(begun.email)
        self.privacy.check.setChecked(begun.privacy_accepted)
        self.service.set_value(begun.service_id or None)
        self.subject.setText(begun.subject)
        self.description.set_text(begun.description)
        if begun.consent_id:
            self.consent.set_value(begun.consent_id)
        self._is_filling = False

    def _services(self, say: str) -> list[tuple[str, str]]:
        profile = self._profile
        return [
            (
                service.id,
                " · ".join(profile.text(each.name, say) for each in (heading, service) if each is not None),
            )
            for heading, service in profile.catalogue.choosable_services()
        ]

    def _take_change(self, name: str, *_change: object) -> None:
        if name in self._state.wrong:
            self.corrected.emit(name)
        if not self._is_filling:
            self.written.emit(self._report())

    @Slot()
    def _open_privacy(self) -> None:
        self.link_requested.emit(self._profile.text(self._profile.links.privacy, i18n.language()))

    @Slot()
    def _submit(self) -> None:
        self.submitted.emit(self._report())

    def _report(self) -> GuestReport:
        return GuestReport(
            name=self.name.text(),
            email=self.email.text(),
            service_id=self.service.value() or "",
            subject=self.subject.text(),
            description=self.description.text(),
            consent_id=self.consent.value() or "",
            privacy_accepted=self.privacy.check.isChecked(),
        )
