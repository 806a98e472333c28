"""Queued mails as mail servers and mail programs read them."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.desk.store.settings import DeskSettings


def rendered(queued: Queued, desk: DeskSettings) -> EmailMessage:
    """Plain text, and marked as written by a program, so that no holiday notice answers it."""
    message = EmailMessage(policy=SMTP)
    user, _at, domain = sender(desk).partition("@")
    message["From"] = Address(display_name=desk.vendor, username=user, domain=domain)
    message["To"] = queued.to_address
    if queued.reply_tag and desk.reply_to:
        message["Reply-To"] = desk.reply_to.format(tag=queued.reply_tag)
    message["Subject"] = queued.subject
    message["Date"] = queued.created_at
    message["Message-ID"] = queued.message_id
    if queued.in_reply_to:
        message["In-Reply-To"] = queued.in_reply_to
        message["References"] = queued.refers_to
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(queued.body_text)
    return message


def sender(desk: DeskSettings) -> str:
    return desk.support_email or f"no-reply@{desk.mail_domain}"
