"""A vendor's text in the languages of the app."""

import msgspec


class LocalText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One sentence or name per language; empty where the vendor gave none.

    Written by the vendor, so it is shown as text and never as markup.
    """

    en: str = ""
    de: str = ""
    sv: str = ""
    fi: str = ""

    def get(self, language: str, default: str = "en") -> str:
        """The text in `language` ('de', 'de_AT', 'de-CH'), in `default`, in English, or in any; else ''."""
        for wanted in (language.replace("-", "_").split("_")[0], default, "en"):
            if text := getattr(self, wanted, "") if wanted in self.__struct_fields__ else "":
                return str(text)
        return self.en or self.de or self.sv or self.fi

    def __bool__(self) -> bool:
        return any((self.en, self.de, self.sv, self.fi))

    def languages(self) -> tuple[str, ...]:
        return tuple(name for name in self.__struct_fields__ if getattr(self, name))

    def texts(self) -> tuple[str, ...]:
        """All texts that were given, in no promised order."""
        return tuple(str(getattr(self, name)) for name in self.languages())
