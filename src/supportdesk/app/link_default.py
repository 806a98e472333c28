"""Takes back that SupportDesk is the program for its links in `mimeapps.list`, which `xdg-mime` has written.

`xdg-mime` itself can only set a default. https://specifications.freedesktop.org/mime-apps-spec/latest/
"""

import os
import tempfile
from pathlib import Path


def forget(file: Path, link_type: str, desktop_id: str) -> bool:
    """Removes `desktop_id` from the lines for `link_type`; every other byte stays. Whether there was one.

    A file in which only the heads of its groups are left goes, as `xdg-mime` makes it when it is missing.
    Raises OSError.
    """
    try:
        lines = file.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return False
    kept = [line for line in (_without(line, link_type, desktop_id) for line in lines) if line]
    if kept == lines:
        return False
    if all(line.strip() == b"" or line.startswith(b"[") for line in kept):
        file.unlink()
    else:
        _rewrite(file.resolve(), b"".join(kept))  # it may be a link into somebody's collected settings
    return True


def _without(line: bytes, link_type: str, desktop_id: str) -> bytes:
    """`type=one.desktop;two.desktop;` without one of them; b"" when none is left."""
    key, equals, value = line.partition(b"=")
    if not equals or key.strip() != link_type.encode():
        return line
    content = value.rstrip(b"\r\n")
    programs = [program for program in content.split(b";") if program.strip()]
    others = [program for program in programs if program.strip() != desktop_id.encode()]
    if others == programs:
        return line
    if not others:
        return b""
    return key + equals + b";".join(others) + b";" * content.endswith(b";") + value[len(content) :]


def _rewrite(file: Path, content: bytes) -> None:
    handle, fresh = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(fresh).chmod(file.stat().st_mode & 0o777)
        Path(fresh).replace(file)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise
