"""What hatch_build.py generates: catalogues and icons."""

import gettext
import json
import re
import tomllib
from pathlib import Path

import pytest

from hatch_build import compile_catalogues, extract_icons, generate, shipped_resources
from supportdesk import cli, resources

_PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n'


def _write(folder: Path, name: str, body: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(_PO + body, encoding="utf-8")


def test_files_of_a_language_become_one_catalogue(tmp_path: Path) -> None:
    """Texts of all areas are in one catalogue, with the language's plurals; a second run writes nothing."""
    folder = tmp_path / "resources" / "translations" / "de"
    _write(
        folder,
        "a.po",
        'msgid "Send"\nmsgstr "Senden"\n\nmsgid "{n} file"\nmsgid_plural "{n} files"\n'
        'msgstr[0] "{n} Datei"\nmsgstr[1] "{n} Dateien"\n',
    )
    _write(folder, "b.po", 'msgid "Send"\nmsgstr "Senden"\n\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "Öffnen"\n')
    (written,) = compile_catalogues(tmp_path)
    with written.open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)
    assert catalogue.gettext("Send") == "Senden"
    assert catalogue.pgettext("verb", "Open") == "Öffnen"
    assert [catalogue.ngettext("{n} file", "{n} files", n) for n in (1, 2)] == ["{n} Datei", "{n} Dateien"]
    assert compile_catalogues(tmp_path) == []


def test_a_clone_in_which_nothing_is_made_yet_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence, before anything is shown; also when one icon alone is new. Else nothing is said."""
    made = tmp_path / "resources"
    _write(made / "translations" / "de", "a.po", 'msgid "Send"\nmsgstr "Senden"\n')
    (made / "icons").mkdir()
    (made / "icons" / "icons.toml").write_text('names = ["bell", "x"]\n', encoding="utf-8")
    (tmp_path / "hatch_build.py").touch()
    monkeypatch.setattr(resources, "root", lambda: made)
    assert cli.main(["--help"]) == 1
    shown = capsys.readouterr()
    assert not shown.out
    assert shown.err.splitlines() == [shown.err.strip()]
    assert f"Run “python3 dev.py run” in {tmp_path}," in shown.err
    assert cli.main(["tickets", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["error"]
    assert (told["code"], told["what"]) == ("program_incomplete", shown.err.strip())
    generate(tmp_path)
    resources.demand_generated()
    (made / "icons" / "x.svg").unlink()
    (tmp_path / "hatch_build.py").unlink()
    with pytest.raises(FileNotFoundError, match=r"Install it again\."):
        resources.demand_generated()


def test_a_removed_file_takes_its_texts_along(tmp_path: Path) -> None:
    """Deleting an area's file makes the catalogue anew."""
    folder = tmp_path / "resources" / "translations" / "de"
    _write(folder, "a.po", 'msgid "Send"\nmsgstr "Senden"\n')
    _write(folder, "b.po", 'msgid "Open"\nmsgstr "Öffnen"\n')
    compile_catalogues(tmp_path)
    (folder / "b.po").unlink()
    (written,) = compile_catalogues(tmp_path)
    with written.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Open") == "Open"


def test_two_translations_of_one_text_are_refused(tmp_path: Path) -> None:
    """One text has one translation; the message names file and text."""
    folder = tmp_path / "resources" / "translations" / "de"
    _write(folder, "a.po", 'msgid "Send"\nmsgstr "Senden"\n')
    _write(folder, "b.po", 'msgid "Send"\nmsgstr "Abschicken"\n')
    with pytest.raises(ValueError, match=r"b\.po: 'Send'"):
        compile_catalogues(tmp_path)


def test_icons_follow_their_list(tmp_path: Path) -> None:
    """Listed icons appear as SVG in the current colour, others go, names of the past are explained."""
    folder = tmp_path / "resources" / "icons"
    folder.mkdir(parents=True)
    (folder / "icons.toml").write_text('names = ["house", "ticket"]')
    assert {file.name for file in extract_icons(tmp_path)} == {"house.svg", "ticket.svg"}
    assert 'stroke="currentColor"' in (folder / "house.svg").read_text()
    (folder / "icons.toml").write_text('names = ["ticket"]')
    assert extract_icons(tmp_path) == []
    assert not (folder / "house.svg").exists()
    (folder / "icons.toml").write_text('names = ["circle-help"]')
    with pytest.raises(LookupError, match="circle-help \\(now circle-question-mark\\)"):
        extract_icons(tmp_path)


def test_icons_are_listed_in_order_and_used() -> None:
    """The list of icons is sorted, without doubles, and every icon appears in the source or the profiles."""
    names = tomllib.loads(resources.text("icons", "icons.toml"))["names"]
    assert names == sorted(set(names))
    root = resources.root().parent
    used = "".join(
        file.read_text(encoding="utf-8")
        for pattern in ("src/**/*.py", "resources/profiles/*.toml", "resources/themes/*.json")
        for file in root.glob(pattern)
    )
    unused = [name for name in names if f'"{name}"' not in used]
    assert not unused, f"icons that nobody shows: {', '.join(unused)}"


def test_icons_that_the_source_names_exist() -> None:
    """Whoever names an icon in the source has it in the list."""
    names = set(tomllib.loads(resources.text("icons", "icons.toml"))["names"])
    calls = re.compile(r'\b(?:icon|icon_button)\s*[=(]\s*"([a-z0-9-]+)"')
    named = {
        name
        for file in (resources.root().parent / "src").rglob("*.py")
        for name in calls.findall(file.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= names, f"not in icons.toml: {', '.join(sorted(named - names))}"


def test_everything_generated_is_shipped_and_no_source() -> None:
    """A wheel carries catalogues and drawings, but not what they are made of."""
    root = resources.root().parent
    generate(root)
    shipped = set(shipped_resources(root).values())
    assert {
        "supportdesk/resources/translations/de/supportdesk.mo",
        "supportdesk/resources/icons/x.svg",
    } <= shipped
    assert not [name for name in shipped if name.endswith(".po")]
