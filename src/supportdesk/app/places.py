"""Where in the app something is shown, by what it is."""

from supportdesk.app.screens import Route

_PLACES: dict[str, tuple[str, str]] = {
    "ticket": ("ticket", "ticket_id"),
    "document": ("document", "document_id"),
    "order": ("order", "order_id"),
    "subscription": ("subscription", "subscription_id"),
    "article": ("articles", "publication_id"),
    "notice": ("information", "publication_id"),
    "newsletter": ("newsletter", "publication_id"),
}


def place_of(kind: str, id: str) -> Route:
    """`kind` is a ConversationKind or a PublicationKind."""
    screen, argument = _PLACES[kind]
    return Route(screen, {argument: id})
