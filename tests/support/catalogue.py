"""A small vendor's catalogue with one of everything."""

from supportdesk.domain.catalogue import (
    Catalogue,
    Choice,
    Consent,
    Desk,
    FieldKind,
    FormField,
    Priority,
    Service,
    TicketType,
)
from supportdesk.domain.localtext import LocalText


def name(en: str, de: str = "") -> LocalText:
    return LocalText(en=en, de=de)


FIELDS = (
    FormField(id="model", kind=FieldKind.TEXT, label=name("Model"), required=True, max_length=10,
              error=name("Enter the model."), services=("print",)),
    FormField(id="room", kind=FieldKind.CHOICE, label=name("Room"), prefill="workplace",
              choices=(Choice(id="r1", name=name("Room 1", "Zimmer 1")), Choice(id="r2", name=name("Two")))),
    FormField(id="since", kind=FieldKind.DATE, label=name("Since")),
    FormField(id="copies", kind=FieldKind.NUMBER, label=name("Copies")),
    FormField(id="agreed", kind=FieldKind.CHECKBOX, label=name("Agreed"), required=True, types=("order",)),
    FormField(id="notes", kind=FieldKind.MULTILINE, label=name("Notes"), max_length=20),
)  # fmt: skip

PRINTING = Service(id="print", name=name("Printing", "Drucken"))

CATALOGUE = Catalogue(
    desks=(Desk(id="main", name=name("Main desk")),),
    services=(
        Service(
            id="paper", name=name("Paper"), parts=(Service(id="print", name=name("Printing", "Drucken")),)
        ),
        Service(id="general", name=name("General"), general=True),
    ),
    types=(
        TicketType(id="incident", name=name("Incident"), recommended=True),
        TicketType(id="order", name=name("Order")),
        TicketType(id="unclassified", name=name("Unclassified"), until_chosen=True),
    ),
    priorities=(
        Priority(id="low", name=name("Low", "Niedrig"), guidance=name("Small"), rank=1),
        Priority(id="high", name=name("High", "Hoch"), guidance=name("Stands still"), rank=3, preset=True),
    ),
    fields=FIELDS,
    consents=(Consent(id="ask", name=name("Ask me"), preset=True), Consent(id="go", name=name("Go ahead"))),
)
