"""What a server is told: by arguments, by its environment, by a file; the earlier of these wins."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import platformdirs

from supportdesk.domain.address import is_this_computer
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _
from supportdesk.server.portal import REQUESTS_PER_MINUTE
from supportdesk.server.s3 import S3
from supportdesk.server.sign_on.oidc import Oidc

_REPLY_TO = re.compile(r"[A-Za-z0-9._+-]{0,28}\{tag\}@[A-Za-z0-9.-]+")
_SEVERAL_PATHS = ("profiles", "time_stamp_certificates")
PREFIX = "SUPPORTDESK_SERVER_"
"""Of environment variables: the name of a setting in capitals follows."""
DEFAULT_FILE = Path("/etc/supportdesk/server.toml")
"""Read where nobody names another one, so that commands by hand work on the desk that the service serves."""
_UNKNOWN = re.compile(r"unknown field `(\w+)`")


class SealKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """With what one vendor's documents are sealed."""

    key: Path | None = None
    """PKCS#12: key and certificate. It is demanded where the vendor is known whose it is."""
    password: str = ""

    def __repr__(self) -> str:
        """Without what is secret."""
        return f"SealKey(key={str(self.key)!r})"


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    """Where customers reach the server, without vendors' parts; '' where there is nobody in between."""
    data: Path = msgspec.field(default_factory=lambda: platformdirs.user_data_path("supportdesk-server"))
    """Folder of SQLite databases, and of the files of attachments."""
    database: str = ""
    """postgresql://…; '' for SQLite in `data`."""
    s3: S3 | None = None
    """Where the contents of files lie when they are whole; None for folders in `data`."""
    profiles: tuple[Path, ...] = ()
    """Files of the vendors who are served."""
    demo: bool = False
    """The five demo vendors as well."""
    at_root: str = ""
    """Id of the vendor who is served without a part of the path of their own; a single one always is."""
    mail: str = ""
    """smtp://user:password@host:port, smtps://… or maildir:FOLDER; '' lays mails into a folder in `data`."""
    reply_by_mail: bool = False
    """Mails say that they can be answered, because `mail-in` is given the answers."""
    reply_to: str = ""
    """support+{tag}@example.org: the address for answers, with what tells the ticket; '' for the sender's."""
    imap: str = ""
    """imaps://user:password@host/folder: a mailbox from which answers are fetched."""
    trusted_proxies: str = "127.0.0.1,::1"
    """Whose word about a client's address is believed, with commas in between."""
    requests_per_minute: int = REQUESTS_PER_MINUTE
    """Of one session, for long."""
    oidc: dict[str, Oidc] = {}
    """By the id of the vendor whose customers can sign in at this provider; only in the file."""
    sign: dict[str, SealKey] = {}
    """By the id of the vendor; only in the file. Who is not in it seals with what the desk makes itself."""
    sign_key: Path | None = None
    """The same in short where there is a single vendor."""
    sign_key_password: str = ""
    time_stamp_url: str = ""
    """https://…: the authority that says when a document was signed; '' for this machine's clock."""
    time_stamp_certificates: tuple[Path, ...] = ()
    """PEM: those that vouch for the authority."""
    metrics_token: str = ""
    """With it /metrics answers others than programs on this machine."""
    log_level: str = "info"

    def __post_init__(self) -> None:
        """Raises ValueError, which the decoder reports with the setting's name where it knows it."""
        if not 0 <= self.port <= 65535:
            raise ValueError("port: 0 to 65535")
        if self.requests_per_minute < 1:
            raise ValueError("requests_per_minute: at least 1")
        if self.reply_to and not _REPLY_TO.fullmatch(self.reply_to):
            raise ValueError("reply_to: an address with {tag} in it, such as support+{tag}@example.org")
        if self.log_level not in {"debug", "info", "warning", "error"}:
            raise ValueError("log_level: debug, info, warning or error")
        if self.public_url and not _is_safe(self.public_url):
            raise ValueError("public_url: an address that begins with https://")

    @property
    def sends_mail(self) -> bool:
        """To people, not only into a folder."""
        return bool(self.mail) and not self.mail.startswith("maildir:")

    def incoming(self, vendor: str) -> Path:
        """Where mails that came in wait for the server."""
        return self.data / vendor / "incoming"

    def __repr__(self) -> str:
        """Without what is secret."""
        return f"Configuration(host={self.host!r}, port={self.port}, data={str(self.data)!r})"


def configured(
    arguments: Mapping[str, Any], environment: Mapping[str, str], file: Path | None = None
) -> Configuration:
    """Raises InvalidInput, which names what is wrong."""
    _check_no_secret(arguments)
    _check_known(environment)
    file = file_in_use(environment, file, demo=bool(arguments.get("demo")))
    in_file = _in_file(file) if file else {}
    told = in_file | _in_environment(environment) | dict(arguments)
    if s3 := _of_s3(in_file.get("s3"), environment):
        told["s3"] = s3
    try:
        found = msgspec.convert(told, Configuration, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise _wrong(str(error), file) from error
    return msgspec.structs.replace(found, public_url=found.public_url.rstrip("/"))


def file_in_use(
    environment: Mapping[str, str], named: Path | None = None, *, demo: bool = False
) -> Path | None:
    """None where nothing is named and the default file is not there, or is about something else: who tries
    out the demo vendors by hand, with passwords that everybody knows, does not mean the desk that it names.
    """
    if named:
        return named
    if told := environment.get(f"{PREFIX}CONFIG"):
        return Path(told)
    if demo:
        return None
    try:
        DEFAULT_FILE.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # who may not read it hears so, and does not work on another desk
        return DEFAULT_FILE
    return DEFAULT_FILE


def _wrong(message: str, file: Path | None) -> InvalidInput:
    """With the line of the file where the setting stands."""
    unknown = _UNKNOWN.search(message)
    key = unknown[1] if unknown else _key(message)
    what = _("There is no setting called {name}.").format(name=key) if unknown else message
    text = _("The configuration is wrong: {what}").format(what=what)
    if file and (line := _line(file, key.rpartition(".")[2])):
        place = _("{file}, line {line}").format(file=file, line=line)
        text = f"{place}: {text}"
    return InvalidInput(text, field=key)


def _line(file: Path, name: str) -> int | None:
    """The first one that sets it."""
    sets = re.compile(rf"\s*(\[.*\b)?{re.escape(name)}\b\s*[=\]]") if name else re.compile(r"(?!)")
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if sets.match(line)), None)


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(parts.hostname or ""))


def _path(kind: type, written: object) -> object:
    """The one type that the decoder does not know."""
    if kind is Path and isinstance(written, str):
        return Path(written)
    raise TypeError(f"expected `{kind.__name__}`")


def _check_no_secret(arguments: Mapping[str, Any]) -> None:
    """Arguments can be read by every program on the machine."""
    for name in ("database", "mail"):
        if urlsplit(str(arguments.get(name, ""))).password:
            raise InvalidInput(
                _("A password does not belong on a command line, where others can read it."),
                field=name,
                next_step=_("Put the address into the configuration file or into {variable}.").format(
                    variable=PREFIX + name.upper()
                ),
            )


def _in_file(file: Path) -> dict[str, Any]:
    """Paths in it count from the folder in which it lies."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        text = _("The configuration file {file} cannot be read: {what}")
        what = (error.strerror if isinstance(error, OSError) else "") or error
        raise InvalidInput(text.format(file=file, what=what), field="config") from error
    for name in _SEVERAL_PATHS:
        if isinstance(told.get(name), list):
            told[name] = [str(file.parent / str(each)) for each in told[name]]
    keys = told["sign"].values() if isinstance(told.get("sign"), dict) else ()
    for table, name in ((told, "data"), (told, "sign_key"), *((each, "key") for each in keys)):
        if isinstance(table, dict) and isinstance(table.get(name), str):
            table[name] = str(file.parent / table[name])
    return told


def _in_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in Configuration.__struct_fields__:
        if name != "s3" and (value := environment.get(PREFIX + name.upper())) is not None:
            told[name] = value.split(os.pathsep) if name in _SEVERAL_PATHS else value
    return told


def _check_known(environment: Mapping[str, str]) -> None:
    """A slip of the pen is not silently ignored here either."""
    known = {"CONFIG", *(name.upper() for name in Configuration.__struct_fields__ if name != "s3")}
    known |= {f"S3_{name.upper()}" for name in S3.__struct_fields__}
    told = (name for name in environment if name.startswith(PREFIX))
    if unknown := min((name for name in told if name.removeprefix(PREFIX) not in known), default=""):
        text = _("The environment sets {name}, and there is no such setting.")
        raise InvalidInput(text.format(name=unknown), field=unknown)


def _of_s3(in_file: object, environment: Mapping[str, str]) -> object:
    """Single settings of it may come from the environment, such as what is secret."""
    names = {name: f"{PREFIX}S3_{name.upper()}" for name in S3.__struct_fields__}
    told = {name: environment[variable] for name, variable in names.items() if variable in environment}
    return in_file | told if isinstance(in_file, dict) else told or in_file


def _key(message: str) -> str:
    """The setting that a message of the decoder is about, '' where it does not say."""
    return message.rpartition("`$.")[2].rstrip("`") if "`$." in message else message.partition(":")[0]
