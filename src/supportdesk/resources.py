"""Where the files that travel with the program lie: themes, icons, translations, profiles.

In a wheel and in a frozen bundle they are inside the package, in a checkout beside `src`.
"""

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The `resources` folder; raises FileNotFoundError where the installation is incomplete."""
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parent.parent / "resources"):
        if folder.is_dir():
            return folder
    message = f"The program's resources are missing beside {package}. Install it again."
    raise FileNotFoundError(message)


def path(*parts: str) -> Path:
    """A file or folder below `resources`; it need not exist."""
    return root().joinpath(*parts)


def text(*parts: str) -> str:
    """The content of a UTF-8 file below `resources`."""
    return path(*parts).read_text(encoding="utf-8")
