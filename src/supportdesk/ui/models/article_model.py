"""The articles of an order that is being written, as cells."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from supportdesk.app.flows.order_draft import FIELDS, DraftArticle
from supportdesk.app.order_form import OrderFormState
from supportdesk.app.return_slip import choice_name
from supportdesk.domain.catalogue import Choice
from supportdesk.domain.profile import Profile
from supportdesk.i18n import N_, _, ngettext, pgettext
from supportdesk.ui import formats

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    NUMBER = 0
    NAME = 1
    SERIAL_NUMBER = 2
    QUANTITY = 3
    FAULT = 4
    CONDITION = 5
    FILES = 6
    REMOVE = 7


class CellRole(IntEnum):
    PROBLEM = Qt.ItemDataRole.UserRole + 1
    """The sentence about what is wrong with the cell, or ''."""
    CHOICES = Qt.ItemDataRole.UserRole + 2
    """(id, words) pairs; empty where own words are written."""


TITLES: dict[Column, str] = {
    Column.NUMBER: N_("Article number"),
    Column.NAME: N_("Name"),
    Column.SERIAL_NUMBER: N_("Serial number"),
    Column.QUANTITY: N_("Quantity"),
    Column.FAULT: N_("Reason"),
    Column.CONDITION: N_("Condition"),
    Column.FILES: N_("Files"),
    Column.REMOVE: "",
}


class ArticleModel(QAbstractTableModel):
    """`said` carries the id of an article, a field of it and what was typed."""

    said = Signal(str, str, str)

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._state = OrderFormState()

    def show(self, state: OrderFormState) -> None:
        """Takes over a state; while the lines stay, so does whatever is being typed."""
        before, after = self._ids(self._state), self._ids(state)
        if before != after:
            self.beginResetModel()
        self._state = state
        if before != after:
            self.endResetModel()
        elif self.rowCount():
            self._all_changed()

    def article(self, row: int) -> DraftArticle | None:
        articles = self._state.draft.articles
        return articles[row] if 0 <= row < len(articles) else None

    def row_of(self, id: str) -> int | None:
        return next((row for row, each in enumerate(self._state.draft.articles) if each.id == id), None)

    def retranslate(self) -> None:
        if self.rowCount():
            self._all_changed()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._state.draft.articles)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() < Column.FILES else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        article, column = self.article(index.row()), Column(index.column())
        if article is None:
            return None
        said: dict[int, Callable[[DraftArticle, Column], str]] = {
            Qt.ItemDataRole.DisplayRole: self._words,
            Qt.ItemDataRole.EditRole: self._written,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ToolTipRole: self._problem,
            CellRole.PROBLEM: self._problem,
        }
        if role == CellRole.CHOICES:
            return self.choices(column)
        return said[role](article, column) if role in said else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        article = self.article(index.row())
        if role != Qt.ItemDataRole.EditRole or article is None or index.column() >= Column.FILES:
            return False
        self.said.emit(article.id, FIELDS[index.column()], str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.QUANTITY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            title = TITLES[Column(section)]
            return _(title) if title else ""
        return None

    def _words(self, article: DraftArticle, column: Column) -> str:
        if column is Column.FILES:
            n = len(article.files)
            return (
                ngettext("{n} file", "{n} files", n).format(n=formats.number(n))
                if n
                else pgettext("cell", "Add files")
            )
        if column is Column.REMOVE:
            return ""
        said = str(getattr(article, FIELDS[column]))
        return choice_name(self._offered(column), said, self._profile)

    @staticmethod
    def _written(article: DraftArticle, column: Column) -> str:
        return str(getattr(article, FIELDS[column])) if column < Column.FILES else ""

    def _problem(self, article: DraftArticle, column: Column) -> str:
        return self._state.problem(FIELDS[column], article.id) if column < Column.FILES else ""

    def _offered(self, column: Column) -> tuple[Choice, ...]:
        catalogue = self._state.catalogue
        offered = {Column.FAULT: catalogue.order_faults, Column.CONDITION: catalogue.order_conditions}
        return offered.get(column, ())

    def choices(self, column: Column) -> Sequence[tuple[str, str]]:
        """(id, words); empty where own words are written."""
        choices = self._offered(column)
        named = [(each.id, choice_name(choices, each.id, self._profile)) for each in choices]
        return [("", "–"), *named] if named else []

    def _spoken(self, article: DraftArticle, column: Column) -> str:
        if column is Column.REMOVE:
            return _("Remove article")
        parts = (_(TITLES[column]), self._words(article, column), self._problem(article, column))
        return ", ".join(part for part in parts if part)

    def _all_changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))

    @staticmethod
    def _ids(state: OrderFormState) -> tuple[str, ...]:
        return tuple(each.id for each in state.draft.articles)
