"""Vendor profiles: what travels with the program is right, and what is wrong is told with its place."""

import re
from pathlib import Path

import pytest

from supportdesk.domain import profile_files as profiles
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import NotFound, ProfileError
from supportdesk.domain.logo_svg import logo_fault
from supportdesk.domain.profile import CHIP_LENGTH, Profile
from supportdesk.domain.profile_files import bundled, bundled_path, find, load, parse
from supportdesk.domain.status import Stage
from supportdesk.domain.toml_lines import line_of

GOOD = """\
id = "acme"
name = "Acme Software"
short_name = "Acme"
languages = ["en", "de"]
default_language = "en"
brand_colour = "#0C6B73"
logo = { icon = "package" }
modules = ["report", "tickets", "settings"]

[support]
phone = "030 23125 999"

[links]
web_portal = { en = "https://acme.example" }

[wording.status.new]
name = { en = "Fresh" }

[limits]
max_files = 5

[catalogue]
service_label = { en = "Product" }

[[catalogue.desks]]
id = "first"
name = { en = "First desk" }

[[catalogue.services]]
id = "app"
name = { en = "App" }
parts = [
    { id = "start", name = { en = "Start" } },
]

[[catalogue.services]]
id = "general"
name = { en = "General" }

[[catalogue.types]]
id = "fault"
name = { en = "Fault" }

[[catalogue.priorities]]
id = "low"
name = { en = "Low" }
guidance = { en = "It can wait." }
rank = 1

[[catalogue.priorities]]
id = "high"
name = { en = "High" }
guidance = { en = "It cannot." }
rank = 2

[[catalogue.fields]]
id = "color"
kind = "choice"
label = { en = "Colour" }
choices = [{ id = "red", name = { en = "Red" } }]

[[catalogue.consents]]
id = "yes"
name = { en = "Go ahead" }
"""


def spoilt(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def error_of(content: str) -> ProfileError:
    with pytest.raises(ProfileError) as caught:
        parse(content, "acme.toml")
    return caught.value


@pytest.mark.parametrize("name", DEMO_NAMES)
def test_every_bundled_profile_is_valid_and_named_like_its_file(name: str) -> None:
    """A demo vendor's profile loads without an error and its id is the name of its file."""
    assert load(bundled_path(name)).id == name


def test_bundled_profiles_come_in_the_order_they_are_offered() -> None:
    """The five demo vendors are practice, retail, school, video and orders."""
    assert [profile.id for profile in bundled()] == list(DEMO_NAMES)


@pytest.mark.parametrize("profile", bundled(), ids=lambda profile: profile.id)
def test_a_demo_catalogue_speaks_all_languages_of_its_profile(profile: Profile) -> None:
    """Names in the catalogue are translated; one name for all languages is written in English."""
    catalogue = profile.catalogue
    parts = [part for service in catalogue.services for part in (service, *service.parts)]
    names = {
        **{each.id: each.name for each in catalogue.desks},
        **{each.id: each.name for each in parts},
        **{each.id: each.name for each in catalogue.types},
        **{each.id: each.name for each in catalogue.priorities},
        **{each.id: each.name for each in catalogue.consents},
    }
    for identifier, name in names.items():
        spoken = set(name.languages())
        assert spoken == {"en"} or set(profile.languages) <= spoken, identifier


@pytest.mark.parametrize("profile", bundled(), ids=lambda profile: profile.id)
def test_a_demo_vendor_can_be_reached_only_at_addresses_kept_for_examples(profile: Profile) -> None:
    """No e-mail address or link of a demo leads to somebody real."""
    assert profile.support.email.endswith(".example")
    for name in profile.links.__struct_fields__:
        for address in getattr(profile.links, name).texts():
            assert re.match(r"https://[\w.]+\.example(/|$)", address)


@pytest.mark.parametrize("profile", bundled(), ids=lambda profile: profile.id)
def test_the_form_is_ready_when_it_opens(profile: Profile) -> None:
    """A demo form offers a general choice and one priority that is chosen already."""
    assert any(service.general for service in profile.catalogue.services)
    assert sum(priority.preset for priority in profile.catalogue.priorities) == 1


def test_a_complete_small_profile_is_read() -> None:
    """What the file says is what the profile holds, and what it leaves out has its default."""
    profile = parse(GOOD, "acme.toml")
    assert profile.name == "Acme Software"
    assert profile.support.phone == "030 23125 999"
    assert profile.limits.max_files == 5
    assert profile.limits.reopen_days == 14
    assert profile.wording.status[Stage.NEW].name.en == "Fresh"
    assert profile.backend.kind == "local"
    assert [service.id for _, service in profile.catalogue.choosable_services()] == ["start", "general"]


def test_a_text_falls_back_on_the_vendors_own_language() -> None:
    """A missing translation is shown in the profile's default language."""
    content = spoilt('default_language = "en"', 'default_language = "de"')
    content = content.replace('name = { en = "Fault" }', 'name = { de = "Störung", sv = "Fel" }')
    profile = parse(content, "acme.toml")
    fault = profile.catalogue.types[0].name
    assert [profile.text(fault, language) for language in ("en", "fi", "sv")] == ["Störung", "Störung", "Fel"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('phone = "030 23125 999"', 'telephone = "030"', "support.telephone"),
        ('phone = "030 23125 999"', "phone = 30", "support.phone"),
        *(
            (
                "[[catalogue.desks]]",
                2 * f'[[catalogue.{part}]]\nid = "one"\nname = {{ en = "One" }}\n' + "[[catalogue.desks]]",
                f"catalogue.{part}",
            )
            for part in ("order_kinds", "order_faults", "order_conditions")
        ),
        ('name = "Acme Software"', 'name = " "', "name"),
        ('id = "acme"', 'id = "Acme Inc"', "id"),
        ('"#0C6B73"', '"teal"', "brand_colour"),
        ('{ icon = "package" }', '{ icon = "unicorn" }', "logo.icon"),
        ('{ icon = "package" }', '{ icon = "../package" }', "logo.icon"),
        ('{ icon = "package" }', '{ svg = "a picture" }', "logo.svg"),
        ('languages = ["en", "de"]', 'languages = ["en", "xx"]', "languages[1]"),
        ('default_language = "en"', 'default_language = "fi"', "default_language"),
        ('["report", "tickets", "settings"]', '["report", "tickets", "bakery", "settings"]', "modules[2]"),
        ('["report", "tickets", "settings"]', '["report", "tickets"]', "modules"),
        ('["report", "tickets", "settings"]', '["report", "report", "tickets", "settings"]', "modules"),
        ('"https://acme.example"', '"http://acme.example"', "links.web_portal"),
        ("[limits]", "[sign_in]\nsign_up = true\n[limits]", "sign_in.sign_up"),
        (
            "[limits]",
            "[sign_in]\nreport_without_sign_in = true\n[limits]",
            "sign_in.report_without_sign_in",
        ),
        ('en = "Fresh"', 'en = "Waiting for somebody to look"', "wording.status.new.name"),
        ("[wording.status.new]", "[wording.status.frozen]", "wording.status"),
        ("[wording.status.new]", "[wording.tiles.bakery]\n[wording.status.new]", "wording.tiles.bakery"),
        ("max_files = 5", "max_files = 0", "limits.max_files"),
        ("max_files = 5", "max_size = 5", "limits.max_size"),
        ('id = "general"', 'id = "start"', "catalogue.services"),
        ('id = "fault"', 'id = "Fault!"', "catalogue.types"),
        ('id = "fault"', 'id = "fault"\nuntil_chosen = true', "catalogue.types"),
        (
            'id = "fault"',
            'id = "a"\nname = { en = "A" }\nquestion = true\n[[catalogue.types]]\nid = "b"\nquestion = true',
            "catalogue.types",
        ),
        ("rank = 2", "rank = 1", "catalogue.priorities"),
        ("rank = 2", 'rank = "2"', "catalogue.priorities[1].rank"),
        ('kind = "choice"', 'kind = "text"', "catalogue.fields[0].choices"),
        ('kind = "choice"', 'kind = "colour"', "catalogue.fields[0].kind"),
        ('label = { en = "Colour" }', "label = {}", "catalogue.fields[0].label"),
        ('name = { en = "Fault" }', 'name = { sv = "Fel" }', "catalogue.types[0].name"),
        ('name = { en = "Fresh" }', "name = { en = 3 }", "wording.status[...].name.en"),
        ('kind = "choice"', 'kind = "choice"\nservices = ["nowhere"]', "catalogue.fields[0].services"),
        ('id = "general"', 'id = "general"\ndesks = ["second"]', "catalogue.services[1].desks"),
        ('en = "Start" } }', 'en = "Start" }, parts = [{ id = "x", name = { en = "X" } }] }', "catalogue"),
    ],
)
def test_a_wrong_value_is_told_with_file_line_and_key(old: str, new: str, key: str) -> None:
    """The error names the file, the line in which the key stands, and the key."""
    content = spoilt(old, new)
    error = error_of(content)
    assert error.code == "profile_invalid"
    file, _, rest = error.where.partition(":")
    line, _, told_key = rest.partition(" ")
    assert file == "acme.toml"
    assert told_key.startswith(key)
    assert content.splitlines()[int(line) - 1].strip()
    assert str(error).startswith(error.where)


def test_the_line_is_that_of_the_value_itself() -> None:
    """A misspelt key in the fourth table of a kind is told with its own line."""
    content = spoilt("rank = 2", "rang = 2")
    expected = content.splitlines().index("rang = 2") + 1
    assert error_of(content).where == f"acme.toml:{expected} catalogue.priorities[1].rang"


def test_a_missing_key_is_told_at_its_table() -> None:
    """A key that is not written anywhere is told with the line of the table it belongs to."""
    content = spoilt('short_name = "Acme"\n', "")
    assert error_of(content).where == "acme.toml:1 short_name"
    content = spoilt("rank = 2\n", "")
    line = [
        number for number, text in enumerate(content.splitlines(), 1) if text == "[[catalogue.priorities]]"
    ][1]
    assert error_of(content).where == f"acme.toml:{line} catalogue.priorities[1].rank"


def test_a_catalogue_needs_its_essential_parts() -> None:
    """There must be something to choose from, and two presets exclude each other."""
    head = GOOD.partition("[catalogue]")[0]
    assert error_of(f"{head}[catalogue]\n").where.endswith("catalogue.services")
    twice = GOOD.replace("rank = 1", "rank = 1\npreset = true").replace("rank = 2", "rank = 2\npreset = true")
    assert error_of(twice).where.endswith("catalogue.priorities")
    second = '\n[[catalogue.consents]]\nid = "no"\nname = { en = "No" }\npreset = true\n'
    twice = GOOD.replace('name = { en = "Go ahead" }', 'name = { en = "Go ahead" }\npreset = true') + second
    assert error_of(twice).where.endswith("catalogue.consents")


def test_broken_toml_is_told_with_its_line() -> None:
    """A syntax error says where it is."""
    assert "line 2" in str(error_of('id = "a"\nname = \n'))


def test_a_remote_backend_needs_a_secure_address() -> None:
    """A server without https is refused; with it the profile is good."""
    content = spoilt(
        "[support]", '[backend]\nkind = "rest"\naddress = "http://desk.acme.example"\n\n[support]'
    )
    assert error_of(content).where.endswith("backend.address")
    assert parse(content.replace("http://desk", "https://desk"), "acme.toml").backend.kind == "rest"


def test_a_file_that_cannot_be_read_is_a_profile_error(tmp_path: Path) -> None:
    """Missing files and files in another encoding are told as errors of the profile, with their path."""
    missing = tmp_path / "none.toml"
    latin = tmp_path / "latin.toml"
    latin.write_bytes('name = "Müller"'.encode("latin-1"))
    for path in (missing, latin):
        with pytest.raises(ProfileError) as caught:
            load(path)
        assert str(path) in str(caught.value)


def test_profiles_of_a_folder_are_found_by_name(tmp_path: Path) -> None:
    """Only TOML files count, in the order of their names; a missing folder has none."""
    for name in ("b.toml", "a.toml", "notes.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert [path.name for path in find(tmp_path)] == ["a.toml", "b.toml"]
    assert find(tmp_path / "missing") == ()


def test_an_unknown_demo_is_not_found() -> None:
    """A demo name that does not exist is told as such."""
    with pytest.raises(NotFound, match="bakery"):
        profiles.bundled_path("bakery")


LINES = """\
top = 1
text = '''
[list]
x = 2
'''
[a]
deep = 1

[[list]]
x = 1

[[list]]
x = 2

[[list.inner]]
y = 1

["quoted"]
key = 1
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("", 1),
        ("top", 1),
        ("a", 6),
        ("a.deep", 7),
        ("a.deep.further[3]", 7),
        ("list[0].x", 10),
        ("list[1].x", 13),
        ("list[1].inner[0].y", 16),
        ("quoted.key", 19),
        ("list", 9),
        ("unknown.thing", 1),
    ],
)
def test_a_key_is_found_in_its_line(key: str, line: int) -> None:
    """Tables, arrays of tables, nested ones and long texts are told apart."""
    assert line_of(LINES, key) == line


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'


def test_a_self_contained_drawing_is_a_logo() -> None:
    """Shapes, gradients by reference inside the drawing, and comments are fine."""
    drawing = SVG.format(
        '<!-- two shapes --><defs><linearGradient id="a"><stop offset="1"/></linearGradient></defs>'
        '<rect width="8" height="8" fill="url(#a)"/><path d="M0 0h8"/>'
    )
    assert logo_fault(drawing) == ""
    content = GOOD.replace('{ icon = "package" }', f"{{ svg = '''{drawing}''' }}")
    assert parse(content, "acme.toml").logo.svg == drawing


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "<svg/>",
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        SVG.format("<script>alert(1)</script>"),
        SVG.format('<image href="file:///etc/passwd"/>'),
        SVG.format('<g xmlns:x="http://www.w3.org/1999/xlink"><path x:href="https://tracker.example"/></g>'),
        SVG.format('<rect onload="alert(1)"/>'),
        SVG.format('<rect fill="url(https://tracker.example/a.svg#b)"/>'),
        SVG.format("<rect style=\"fill: url( 'file:///x')\"/>"),
        SVG.format("<foreignObject/>"),
        SVG.format("<style>@import 'x'</style>"),
        SVG.format("<g>"),
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("&a;"),
        '<?xml-stylesheet type="text/css" href="file:///x.css"?>' + SVG.format("<path/>"),
        SVG.format('<rect fill="u\\72l(https://tracker.example)"/>'),
        SVG.format("<path/>" * 10_000),
    ],
)
def test_a_drawing_that_loads_or_runs_something_is_no_logo(drawing: str) -> None:
    """Scripts, pictures, references to outside, entities and huge drawings are refused with a reason."""
    assert logo_fault(drawing)


def test_no_chip_of_a_demo_is_too_long() -> None:
    """Every status name of the demo vendors fits its chip."""
    for profile in bundled():
        for words in profile.wording.status.values():
            assert all(len(text) <= CHIP_LENGTH for text in words.name.texts())
