"""R13: 10,000 command lines, of real and broken words: each asks for something or is refused in one line.

What a command line asks for is kept instead of done, so that all of them fit into one process. That nothing
is filed, written or sent without `--send` is seen with real processes in tests/e2e/test_cli.py.
"""

import argparse
import io
import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from supportdesk import cli, i18n
from supportdesk.cli import commands, report
from supportdesk.cli.asking import Request
from supportdesk.cli.parser import Parser, parser
from supportdesk.domain.demo_names import DEMO_NAMES

COUNT = 10_000
SEED = 13
HOSTILE = (
    "", " ", "-", "--", "---", "=", "a=b", "=b", "a=", "@", "@/dev/null", "@no-such-file", "@.", "@@", "+f",
    "~nobody-here/x", "/dev/null", ".", "../../etc/passwd", "no-such-file", "\x00", "\udcff", "\udce4b",
    "\u202etxt.exe", "\x1b[2J", "\n", "a\nb", "x" * 5_000, "é" * 300, "%s%n%(prog)s", "{0}{name}", "$(id)",
    "`id`", "'; --", "-1", "0", "1e999", "nan", "inf", "3600", "0.5", "٣", "--send=", "--send=yes",
    "--subject=", "--subject=x", "--sub", "-h=1", "--demo=", "supportdesk://new?subject=x&send=1",
    "supportdesk://new?attach=/etc/passwd", "supportdesk:", "supportdesk://x/y", "supportdesk://ticket/1042",
    "supportdesk://ticket/../1", "http://evil.example/", "file:///etc/passwd", "javascript:alert(1)",
    "vendor.toml", "portal.example", "https://portal.example:99999/",
)  # fmt: skip


def kinds() -> dict[str, Parser]:
    action = next(each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(action.choices)


def words_of(command: Parser) -> tuple[list[str], list[str]]:
    """Options that stand alone, and those with a value."""
    alone: list[str] = []
    valued: list[str] = []
    for action in command._actions:
        kind = alone if action.nargs == 0 else valued
        kind += [word for word in action.option_strings if word not in {"-h", "--help"}]
    return alone, valued


class Fuzzer:
    """Command lines that a person, a host program or an attacker might have written."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._kinds = {name: words_of(each) for name, each in kinds().items()}
        self._whole = words_of(parser())

    def line(self) -> list[str]:
        name = self._dice.choice([*self._kinds, *self._kinds, "", "nonsense", "NEW"])
        words = self._options(*self._whole, most=1) if self._dice.random() < 0.3 else []
        words += [name] if name else []
        words += self._options(*self._kinds.get(name, self._whole), most=6)
        if self._dice.random() < 0.3:
            words.insert(self._dice.randrange(len(words) + 1), self._dice.choice(HOSTILE))
        if self._dice.random() < 0.1:
            self._dice.shuffle(words)
        return words

    def _options(self, alone: list[str], valued: list[str], *, most: int) -> list[str]:
        words: list[str] = []
        for _each in range(self._dice.randrange(most + 1)):
            option = self._dice.choice([*alone, *valued])
            words.append(option)
            if option in valued and self._dice.random() < 0.93:
                words.append(self._value(option))
        return words

    def _value(self, option: str) -> str:
        good = {"--demo": DEMO_NAMES, "--wait": ("1", "3600"), "--field": ("a=b", "country=Austria")}
        if self._dice.random() < 0.6:
            return self._dice.choice(good.get(option, ("printer", "No paper", "practice")))
        return self._dice.choice(HOSTILE)


class Kept:
    """Stands where a request leaves the command line: for the window, or for the owner of the data folder."""

    def __init__(self) -> None:
        self.asked: list[tuple[bool, Request]] = []

    def window(self, _options: argparse.Namespace, request: Request) -> int:
        self.asked.append((True, request))
        return 0

    def headless(self, _options: argparse.Namespace, request: Request) -> int:
        self.asked.append((False, request))
        return 0


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Kept]:
    kept = Kept()
    for module in (commands, report):
        monkeypatch.setattr(module, "window", kept.window)
        monkeypatch.setattr(module, "headless", kept.headless)
    monkeypatch.setattr("supportdesk.selftest.run", lambda: 0)
    monkeypatch.setattr("supportdesk.app.integration.install", list)
    monkeypatch.setattr("supportdesk.app.integration.remove", list)
    monkeypatch.setattr(cli, "forgive_streams", lambda: None)
    monkeypatch.setattr(cli, "speak_system", lambda: i18n.set_language("en"))
    monkeypatch.chdir(tmp_path)
    yield kept
    assert list(tmp_path.iterdir()) == [], "a command line wrote something"


def run(words: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("Linde-Kaffee-42\n"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            code = cli.main(words)
        except SystemExit as end:  # --help and --version
            code = int(end.code or 0)
    return code, out.getvalue(), err.getvalue()


@pytest.mark.second_stage
@pytest.mark.timeout(600)
def test_ten_thousand_command_lines(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each asks for one thing, as it was said, or is refused with exit code 2 and one line that names why."""
    told = judged(kept, monkeypatch, COUNT, SEED)
    print(f"{told.total()} command lines: {told['asked']} asked for something, {told['refused']} refused")
    assert min(told["asked"], told["refused"]) > COUNT // 10


def test_some_command_lines(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with a few hundred others, for every day."""
    told = judged(kept, monkeypatch, 300, SEED + 1)
    assert min(told["asked"], told["refused"]) > 30


def judged(kept: Kept, monkeypatch: pytest.MonkeyPatch, count: int, seed: int) -> Counter[str]:
    fuzzer, told = Fuzzer(seed), Counter[str]()
    for _number in range(count):
        words = fuzzer.line()
        kept.asked.clear()
        code, out, err = run(words, monkeypatch)
        assert code in {0, 2}, (code, words)
        if code == 2:
            check_refused(words, out, err, kept.asked)
        else:
            check_asked(words, kept.asked)
        told["refused" if code else "asked"] += 1
    return told


def check_refused(words: list[str], out: str, err: str, asked: list[tuple[bool, Request]]) -> None:
    """Nothing was asked for, and one line or one JSON object says what is wrong."""
    assert asked == [], words
    if "--json" in words:
        assert msgspec.json.decode(out)["error"]["code"] == "invalid_input", words
        assert err == "", words
    else:
        assert out == "", words
        assert len(err.splitlines()) == 1, (words, err)
        assert err.strip(), words
    assert "Traceback" not in out + err, words


def check_asked(words: list[str], asked: list[tuple[bool, Request]]) -> None:
    """One thing, that can be handed to another process; only `--send` files, and never out of a link."""
    assert len(asked) <= 1, words
    for to_window, request in asked:
        msgspec.json.encode(request)
        assert to_window or "--send" in words or request["do"] != "new", words
        assert not (to_window and "command_id" in request), words
        if request["do"] == "new" and "open" not in words:
            check_nothing_lost(words, msgspec.convert(request["prefill"], dict[str, object]))


def check_nothing_lost(words: list[str], prefill: dict[str, object]) -> None:
    """The last value of each option arrives as it was said."""
    for name in ("subject", "module", "priority", "source"):
        said = [after for option, after in pairwise(words) if option == f"--{name}"]
        if said and len(said) == sum(word.startswith(f"--{name}") for word in words):
            assert prefill[name] == said[-1], words
