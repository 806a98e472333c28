"""Where the files that travel with the program lie: themes, icons, translations, profiles.

In a wheel and in a frozen bundle they are inside the package, in a checkout beside `src`.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


@cache
def root() -> Path:
    """The `resources` folder; raises FileNotFoundError where the installation is incomplete."""
    for folder in (_PACKAGE / "resources", _CHECKOUT / "resources"):
        if folder.is_dir():
            return folder
    message = f"The program's resources are missing beside {_PACKAGE}. Install it again."
    raise FileNotFoundError(message)


def path(*parts: str) -> Path:
    """A file or folder below `resources`; it need not exist."""
    return root().joinpath(*parts)


def text(*parts: str) -> str:
    """The content of a UTF-8 file below `resources`."""
    return path(*parts).read_text(encoding="utf-8")


def demand_generated() -> None:
    """Raises FileNotFoundError where icons or catalogues are missing, which a plain clone has to make first:
    an icon that is not there would end the program in the middle of painting.
    """
    import tomllib

    icons, languages = path("icons"), path("translations")
    wanted = {icons / f"{name}.svg" for name in tomllib.loads(text("icons", "icons.toml"))["names"]}
    wanted |= {folder / "supportdesk.mo" for folder in languages.iterdir() if folder.is_dir()}
    if wanted <= {*icons.iterdir(), *languages.glob("*/*.mo")}:
        return
    message = "The program's icons or translations are missing. Install it again."
    if (root().parent / "hatch_build.py").is_file():
        message = (
            "Not all icons and translations of the program are made yet. Run “python3 dev.py run” in "
            f"{root().parent}, or “python hatch_build.py” there in an environment of your own."
        )
    raise FileNotFoundError(message)
