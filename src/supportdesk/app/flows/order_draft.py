"""What a customer has said so far about an order. This is the content of a draft, and becomes the order."""

import re
from collections.abc import Iterator

import msgspec

from supportdesk import i18n
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import CreateOrder, FileRef, NewArticle
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.orders import Article, order_problems
from supportdesk.i18n import _

FIELDS = ("number", "name", "serial_number", "quantity", "fault", "condition")
"""Of an article, in the order of the table's columns."""

_GROUPS = {",": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,0+)?"), ".": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.0+)?")}
_WHOLE = re.compile(r"\d+(?:[.,]0+)?")
_NOT_COUNTED = re.compile(r"[\s\u00a0\u202f'’]")


class DraftArticle(msgspec.Struct, frozen=True, omit_defaults=True):
    """`quantity` as it was typed; `id` tells two lines apart that say the same."""

    id: str
    number: str = ""
    name: str = ""
    serial_number: str = ""
    quantity: str = "1"
    fault: str = ""
    condition: str = ""
    files: tuple[FileRef, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Nothing was said in this line: it is not sent."""
        said = (self.number, self.name, self.serial_number, self.fault, self.condition)
        return not any(each.strip() for each in said) and not self.files


class OrderDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    reference: str = ""
    order_kind: str = ""
    note: str = ""
    articles: tuple[DraftArticle, ...] = ()
    files: tuple[FileRef, ...] = ()
    """Of the order as a whole."""

    @property
    def said(self) -> tuple[DraftArticle, ...]:
        """The lines that say something."""
        return tuple(article for article in self.articles if not article.is_blank)

    @property
    def all_files(self) -> tuple[FileRef, ...]:
        return self.files + tuple(file for article in self.articles for file in article.files)

    @property
    def is_empty(self) -> bool:
        texts = (self.reference, self.order_kind, self.note)
        return not any(texts) and not self.files and not self.said

    def article(self, id: str) -> DraftArticle | None:
        return next((each for each in self.articles if each.id == id), None)


class FormProblem(msgspec.Struct, frozen=True):
    """`article` is the id of a line, '' for the order itself."""

    article: str
    field: str
    sentence: str


def encode(draft: OrderDraft) -> bytes:
    return msgspec.json.encode(draft)


def decode(content: bytes) -> OrderDraft:
    """Of `encode`, also by an earlier version. Raises InvalidInput for anything else."""
    try:
        return msgspec.json.decode(content, type=OrderDraft)
    except msgspec.DecodeError as error:
        raise InvalidInput(
            _("This draft cannot be read."), next_step=_("Begin a new order; the draft is left as it is.")
        ) from error


def said(draft: OrderDraft, field: str, value: str) -> OrderDraft:
    """`field` is reference, order_kind or note."""
    return msgspec.structs.replace(draft, **{field: value})


def with_cell(draft: OrderDraft, id: str, field: str, value: object) -> OrderDraft:
    """`field` is one of FIELDS, or files."""
    articles = tuple(
        msgspec.structs.replace(each, **{field: value}) if each.id == id else each for each in draft.articles
    )
    return msgspec.structs.replace(draft, articles=articles)


def with_articles(draft: OrderDraft, fresh: tuple[DraftArticle, ...]) -> OrderDraft:
    """Behind those that say something; blank lines go."""
    return msgspec.structs.replace(draft, articles=draft.said + fresh)


def without_article(draft: OrderDraft, id: str) -> OrderDraft:
    return msgspec.structs.replace(draft, articles=tuple(each for each in draft.articles if each.id != id))


def with_file(draft: OrderDraft, article: str, file: FileRef) -> OrderDraft:
    """Of the article of this id, '' for the order; the same file twice is one file."""
    if not article:
        files = draft.files if file in draft.files else (*draft.files, file)
        return msgspec.structs.replace(draft, files=files)
    held = draft.article(article)
    if held is None or file in held.files:
        return draft
    return with_cell(draft, article, "files", (*held.files, file))


def without_file(draft: OrderDraft, article: str, file: FileRef) -> OrderDraft:
    if not article:
        return msgspec.structs.replace(draft, files=tuple(each for each in draft.files if each != file))
    held = draft.article(article)
    left = tuple(each for each in held.files if each != file) if held is not None else ()
    return with_cell(draft, article, "files", left)


def decimal_sign() -> str:
    """Of the language of the moment."""
    return "." if i18n.language() == "en" else ","


def quantity_of(written: str, decimal: str) -> int | None:
    """A whole number as people and spreadsheets write it ('4', '4,00', '1.200'); None for anything else."""
    bare = _NOT_COUNTED.sub("", written)
    if _GROUPS[decimal].fullmatch(bare):
        return int(re.sub(r"\D", "", bare.partition(decimal)[0]))
    return int(re.split(r"[.,]", bare)[0]) if _WHOLE.fullmatch(bare) and len(bare) <= 12 else None


def article_of(line: DraftArticle) -> Article:
    """A quantity that is none becomes 0, which no order may have."""
    return Article(
        number=line.number.strip(),
        name=line.name.strip(),
        serial_number=line.serial_number.strip(),
        quantity=quantity_of(line.quantity, decimal_sign()) or 0,
        fault=line.fault.strip(),
        condition=line.condition.strip(),
    )


def problems(draft: OrderDraft, catalogue: Catalogue) -> Iterator[FormProblem]:
    """Everything that keeps it from being sent, from top to bottom."""
    lines = draft.said
    found = order_problems(draft.reference, draft.note, [article_of(each) for each in lines], catalogue)
    for problem in found:
        line = "" if problem.article is None else lines[problem.article].id
        yield FormProblem(line, problem.field, problem.sentence)


def to_intent(draft: OrderDraft) -> CreateOrder:
    return CreateOrder(
        reference=draft.reference.strip(),
        articles=tuple(NewArticle(article_of(each), each.files) for each in draft.said),
        order_kind=draft.order_kind,
        note=draft.note.strip(),
        files=draft.files,
    )
