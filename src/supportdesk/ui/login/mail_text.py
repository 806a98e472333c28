"""The text of a mail that an embedded desk has written."""

from PySide6.QtCore import QUrl, Slot

from supportdesk.app.local_mailbox import linked_html
from supportdesk.ui.widgets.safe_text import SafeText


class MailText(SafeText):
    """As it was written, nothing in it a mark. `link_requested` also carries links into SupportDesk, which
    `SafeText` refuses: no stranger writes these mails."""

    def set_mail(self, text: str) -> None:
        self._show(linked_html(text), plain=False)

    @Slot(QUrl)
    def _on_anchor(self, url: QUrl) -> None:
        self.link_requested.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
