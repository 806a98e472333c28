"""What can be chosen for a ticket, and what is then asked."""

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


def named(text: str) -> LocalText:
    return LocalText(en=text)


def field(id: str, **where: tuple[str, ...]) -> FormField:
    return FormField(id=id, kind=FieldKind.TEXT, label=named(id), **where)  # type: ignore[arg-type]


CATALOGUE = Catalogue(
    desks=(Desk(id="help", name=named("Help")), Desk(id="repair", name=named("Repair"))),
    services=(
        Service(
            id="devices",
            name=named("Devices"),
            desks=("repair",),
            parts=(
                Service(id="printer", name=named("Printer")),
                Service(id="reader", name=named("Reader"), desks=("help",)),
            ),
        ),
        Service(id="general", name=named("General"), general=True),
    ),
    types=(
        TicketType(id="unclassified", name=named("Unclassified"), until_chosen=True),
        TicketType(id="fault", name=named("Fault"), recommended=True),
        TicketType(id="return", name=named("Return"), desks=("repair",)),
    ),
    priorities=(Priority(id="normal", name=named("Normal"), guidance=named("As usual."), rank=1),),
    fields=(
        field("anything"),
        field("for_devices", services=("devices",)),
        field("for_printers", services=("printer",)),
        field("for_faults", types=("fault",)),
        field("for_repair", desks=("repair",)),
    ),
    consents=(Consent(id="go", name=named("Go ahead")),),
)


def asked(**choice: str) -> list[str]:
    return [each.id for each in CATALOGUE.form(**choice)]


def test_only_the_lowest_level_can_be_chosen() -> None:
    """A heading comes with its parts; a service without parts stands alone."""
    pairs = [(heading and heading.id, service.id) for heading, service in CATALOGUE.choosable_services()]
    assert pairs == [("devices", "printer"), ("devices", "reader"), (None, "general")]


def test_a_part_follows_its_heading_unless_it_names_desks_of_its_own() -> None:
    """What is on offer depends on the desk."""
    assert [each.id for _, each in CATALOGUE.choosable_services("repair")] == ["printer", "general"]
    assert [each.id for _, each in CATALOGUE.choosable_services("help")] == ["reader", "general"]


def test_a_path_names_the_heading_first() -> None:
    """The path of a part is heading and part; of a heading or an unknown id, itself or nothing."""
    assert [each.id for each in CATALOGUE.service_path("printer")] == ["devices", "printer"]
    assert [each.id for each in CATALOGUE.service_path("general")] == ["general"]
    assert CATALOGUE.service_path("gone") == ()


def test_a_type_that_only_waits_to_be_chosen_is_not_offered() -> None:
    """'Unclassified' is never a choice, and a type may belong to one desk."""
    assert [each.id for each in CATALOGUE.choosable_types("help")] == ["fault"]
    assert [each.id for each in CATALOGUE.choosable_types("repair")] == ["fault", "return"]
    assert [each.id for each in CATALOGUE.choosable_types()] == ["fault", "return"]


def test_the_form_asks_what_fits_the_choice() -> None:
    """Questions are asked for their services, types and desks; one for a heading holds for its parts."""
    assert asked() == ["anything"]
    assert asked(service_id="printer") == ["anything", "for_devices", "for_printers"]
    assert asked(service_id="reader", type_id="fault") == ["anything", "for_devices", "for_faults"]
    assert asked(service_id="general", desk_id="repair") == ["anything", "for_repair"]


def test_things_are_found_by_their_ids() -> None:
    """Each kind has a look-up that answers None for an id the vendor no longer knows."""
    look_ups = {
        "repair": CATALOGUE.desk,
        "fault": CATALOGUE.type,
        "normal": CATALOGUE.priority,
        "go": CATALOGUE.consent,
        "anything": CATALOGUE.field,
    }
    for known, look_up in look_ups.items():
        found = look_up(known)
        assert found is not None
        assert found.id == known
        assert look_up("gone") is None


def test_a_host_application_fills_a_field_by_its_own_key() -> None:
    """The key is the one the vendor names, or the id."""
    assert field("printer").prefill_key == "printer"
    assert FormField(id="p", kind=FieldKind.TEXT, label=named("P"), prefill="prn").prefill_key == "prn"


def test_a_choice_is_shown_in_words() -> None:
    """A chosen id is shown by its name; one that is no longer offered by itself."""
    colour = FormField(
        id="colour",
        kind=FieldKind.CHOICE,
        label=named("Colour"),
        choices=(Choice(id="red", name=LocalText(en="Red", de="Rot")),),
    )
    assert [colour.choice_name("red", language) for language in ("de", "en")] == ["Rot", "Red"]
    assert colour.choice_name("mauve", "de") == "mauve"


def test_a_text_falls_back_in_order() -> None:
    """The asked language, then the default, then English, then whatever there is."""
    text = LocalText(en="Hello", de="Hallo", sv="Hej")
    assert text.get("de") == "Hallo"
    assert text.get("de_AT") == text.get("de-CH") == "Hallo"
    assert text.get("fi", "sv") == "Hej"
    assert text.get("fi") == text.get("fr", "fr") == text.get("pseudo-rtl") == "Hello"
    assert LocalText(fi="Hei").get("de", "sv") == "Hei"
    assert LocalText().get("en") == ""


def test_a_text_without_words_is_false() -> None:
    """Whether the vendor gave a text at all, and in which languages."""
    assert not LocalText()
    assert LocalText(sv="Hej")
    assert LocalText(en="Hello", sv="Hej").languages() == ("en", "sv")
    assert LocalText(en="Hello", sv="Hej").texts() == ("Hello", "Hej")
