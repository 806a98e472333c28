"""One proxy over Fusion. It paints what QSS cannot draw crisply, and gives every control its height."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionToolButton,
    QStyleOptionViewItem,
    QWidget,
)

from supportdesk.ui.theme import button_style, choice_style, field_style
from supportdesk.ui.theme.focus_ring import FocusRing, paint_focus_frame
from supportdesk.ui.theme.painting import draw_box, draw_icon
from supportdesk.ui.theme.popup import round_popup

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

_PE, _CE, _CC, _SC = QStyle.PrimitiveElement, QStyle.ControlElement, QStyle.ComplexControl, QStyle.SubControl
_CT, _PM, _SH, _SE = QStyle.ContentsType, QStyle.PixelMetric, QStyle.StyleHint, QStyle.SubElement
_State = QStyle.StateFlag
_Paint: TypeAlias = Callable[[QStyleOption, QPainter, QWidget | None], None]

_HINTS = {
    _SH.SH_UnderlineShortcut: 0,
    _SH.SH_FocusFrame_AboveWidget: 1,
    _SH.SH_FocusFrame_Mask: 0,
    _SH.SH_ComboBox_Popup: 0,
    _SH.SH_EtchDisabledText: 0,
    _SH.SH_DitherDisabledText: 0,
    _SH.SH_ItemView_ShowDecorationSelected: 1,
    _SH.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    _SH.SH_Widget_Animation_Duration: 0,
    _SH.SH_LineEdit_PasswordCharacter: ord("•"),
    _SH.SH_Slider_AbsoluteSetButtons: Qt.MouseButton.LeftButton.value,
}
_FIXED_METRICS = {
    _PM.PM_ButtonShiftHorizontal: 0,
    _PM.PM_ButtonShiftVertical: 0,
    _PM.PM_ButtonDefaultIndicator: 0,
    _PM.PM_CheckBoxLabelSpacing: 8,
    _PM.PM_RadioButtonLabelSpacing: 8,
    _PM.PM_SliderLength: choice_style.SLIDER_HANDLE,
    _PM.PM_SliderControlThickness: choice_style.SLIDER_HANDLE,
    _PM.PM_SliderThickness: choice_style.SLIDER_HANDLE + 8,
    _PM.PM_ScrollView_ScrollBarSpacing: 0,
    _PM.PM_ScrollView_ScrollBarOverlap: 0,
    _PM.PM_DefaultFrameWidth: 1,
    _PM.PM_LayoutLeftMargin: 16,
    _PM.PM_LayoutTopMargin: 16,
    _PM.PM_LayoutRightMargin: 16,
    _PM.PM_LayoutBottomMargin: 16,
    _PM.PM_LayoutHorizontalSpacing: 12,
    _PM.PM_LayoutVerticalSpacing: 12,
}
_GROWING_METRICS = {
    _PM.PM_TreeViewIndentation: 24,
    _PM.PM_IndicatorWidth: 18,
    _PM.PM_IndicatorHeight: 18,
    _PM.PM_ExclusiveIndicatorWidth: 18,
    _PM.PM_ExclusiveIndicatorHeight: 18,
    _PM.PM_ButtonIconSize: 20,
    _PM.PM_ToolBarIconSize: 20,
    _PM.PM_ListViewIconSize: 20,
    _PM.PM_SmallIconSize: 16,
}
_ARROWS = {
    _PE.PE_IndicatorArrowDown: "chevron-down",
    _PE.PE_IndicatorArrowUp: "chevron-up",
    _PE.PE_IndicatorArrowLeft: "chevron-left",
    _PE.PE_IndicatorArrowRight: "chevron-right",
    _PE.PE_IndicatorMenuCheckMark: "check",
}
_SP = QStyle.StandardPixmap
_FILE_DIALOG = {
    _SP.SP_ArrowBack: "arrow-left",
    _SP.SP_ArrowForward: "arrow-right",
    _SP.SP_FileDialogToParent: "arrow-up",
    _SP.SP_FileDialogNewFolder: "folder-plus",
    _SP.SP_FileDialogListView: "list",
    _SP.SP_FileDialogDetailedView: "table-2",
}
"""Qt's own arrows are black, also on dark."""
_MIRRORED = {"arrow-left": "arrow-right", "arrow-right": "arrow-left"}
_INVISIBLE = {
    _PE.PE_FrameGroupBox,
    _PE.PE_FrameStatusBarItem,
    _PE.PE_FrameDefaultButton,
}


class SupportDeskStyle(QProxyStyle):
    """Painting is delegated by kind of control; this class only decides who paints."""

    def __init__(self, theme: "Theme") -> None:
        super().__init__("Fusion")
        self._theme = theme
        self._primitives: dict[QStyle.PrimitiveElement, _Paint] = {
            _PE.PE_PanelLineEdit: self._line_edit,
            _PE.PE_FrameLineEdit: self._nothing,
            _PE.PE_IndicatorCheckBox: self._check,
            _PE.PE_IndicatorItemViewItemCheck: self._check,
            _PE.PE_IndicatorRadioButton: self._radio,
            _PE.PE_PanelItemViewRow: self._row,
            _PE.PE_PanelItemViewItem: self._row,
            _PE.PE_IndicatorBranch: self._branch,
            _PE.PE_FrameFocusRect: self._item_focus,
            _PE.PE_Frame: self._frame,
            **{element: partial(self._draw_icon, name) for element, name in _ARROWS.items()},
            **dict.fromkeys(_INVISIBLE, self._nothing),
        }
        self._least_heights = {
            _CT.CT_ItemViewItem: "tree_row",
            _CT.CT_CheckBox: "icon_button",
            _CT.CT_RadioButton: "icon_button",
        }
        self.ring = FocusRing()

    # Focus

    def event(self, event: QEvent) -> bool:
        """QApplication tells the style of every change of focus, with the reason."""
        if event.type() == QEvent.Type.FocusIn:
            self.ring.focus_in(QApplication.focusWidget(), cast("QFocusEvent", event))
        elif event.type() == QEvent.Type.FocusOut:
            self.ring.focus_out(QApplication.focusWidget())
        return super().event(event)

    # Painting

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        paint = self._primitives.get(element)
        if paint is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            paint(option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == _CE.CE_PushButton:
            # Whole: Fusion would take a frame off the label's room that was never measured in.
            button_style.paint_bevel(self._theme, cast("QStyleOptionButton", option), painter, widget)
            button_style.paint_label(self._theme, cast("QStyleOptionButton", option), painter, widget)
        elif element == _CE.CE_PushButtonBevel:
            button_style.paint_bevel(self._theme, cast("QStyleOptionButton", option), painter, widget)
        elif element == _CE.CE_PushButtonLabel:
            button_style.paint_label(self._theme, cast("QStyleOptionButton", option), painter, widget)
        elif element == _CE.CE_FocusFrame:
            paint_focus_frame(self._theme, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == _CC.CC_ToolButton:
            button_style.paint_tool_button(
                self._theme, cast("QStyleOptionToolButton", option), painter, widget
            )
        elif control == _CC.CC_ComboBox:
            field_style.paint_combo(self._theme, cast("QStyleOptionComboBox", option), painter, widget)
        elif control == _CC.CC_SpinBox:
            field_style.paint_spin_box(self._theme, cast("QStyleOptionSpinBox", option), painter, widget)
        elif control == _CC.CC_Slider:
            handle = self.subControlRect(control, option, _SC.SC_SliderHandle, widget)
            choice_style.paint_slider(self._theme, painter, cast("QStyleOptionSlider", option), handle)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def standardIcon(
        self, icon: QStyle.StandardPixmap, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> QIcon:
        name = _FILE_DIALOG.get(icon)
        if name is None:
            return super().standardIcon(icon, option, widget)
        is_mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return self._theme.icon(_MIRRORED.get(name, name) if is_mirrored else name, "muted")

    # Measures

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        own = self._own_size(kind, option, size, widget)
        if own is not None:
            return own
        grown = super().sizeFromContents(kind, option, size, cast("QWidget", widget))
        least = self._least_heights.get(kind)
        return grown.expandedTo(QSize(0, getattr(self._theme.height, least))) if least else grown

    def _own_size(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None
    ) -> QSize | None:
        if kind == _CT.CT_PushButton:
            return button_style.button_size(self._theme, cast("QStyleOptionButton", option), widget)
        if kind == _CT.CT_ToolButton:
            return button_style.tool_button_size(self._theme, cast("QStyleOptionToolButton", option), widget)
        if kind == _CT.CT_LineEdit:
            return QSize(size.width() + 2 * field_style.PADDING, self._theme.height.field)
        if kind in {_CT.CT_ComboBox, _CT.CT_SpinBox}:
            width = size.width() + field_style.PADDING + field_style.arrow_width(self._theme)
            return QSize(width, self._theme.height.field)
        return None

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == _CC.CC_ComboBox:
            if part == _SC.SC_ComboBoxEditField:
                return field_style.edit_rect(self._theme, option.rect, option.direction)
            if part == _SC.SC_ComboBoxArrow:
                return field_style.arrow_area(self._theme, option.rect, option.direction)
            if part == _SC.SC_ComboBoxListBoxPopup:
                return option.rect
        if control == _CC.CC_SpinBox:
            return self._spin_box_part(option, part)
        return super().subControlRect(control, option, part, cast("QWidget", widget))

    def _spin_box_part(self, option: QStyleOptionComplex, part: QStyle.SubControl) -> QRect:
        upper, lower = field_style.spin_button_rects(option.rect, option.direction)
        if part == _SC.SC_SpinBoxUp:
            return upper
        if part == _SC.SC_SpinBoxDown:
            return lower
        if part == _SC.SC_SpinBoxEditField:
            return field_style.edit_rect(self._theme, option.rect, option.direction)
        return option.rect

    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        if element == _SE.SE_LineEditContents:
            inset = 0 if _is_inner_editor(widget) else field_style.PADDING - 2
            return option.rect.adjusted(inset, 0, -inset, 0)
        return super().subElementRect(element, option, cast("QWidget", widget))

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        fixed = _FIXED_METRICS.get(metric)
        if fixed is not None:
            return fixed
        growing = _GROWING_METRICS.get(metric)
        if growing is not None:
            return self._theme.scaled(growing)
        if metric in {_PM.PM_FocusFrameHMargin, _PM.PM_FocusFrameVMargin}:
            if isinstance(widget, QAbstractItemView):  # here Qt means the room beside an item's text
                return choice_style.item_padding(widget, metric)
            return self._theme.focus_width + self._theme.focus_offset
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt names it
    ) -> int:
        fixed = _HINTS.get(hint)
        if hint == _SH.SH_ItemView_ShowDecorationSelected and widget is not None:
            return int(not choice_style.paints_rows(widget))
        return fixed if fixed is not None else super().styleHint(hint, option, widget, returnData)

    def polish(self, target: Any) -> None:
        super().polish(target)
        if isinstance(target, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox | QAbstractSlider):
            target.setAttribute(Qt.WidgetAttribute.WA_Hover)
        elif isinstance(target, QMenu):
            round_popup(target)

    # Primitives

    def _line_edit(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if getattr(option, "lineWidth", 1) > 0:
            field_style.paint_line_edit(self._theme, option, painter, widget)

    def _check(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        locked = choice_style.is_locked(widget)
        choice_style.paint_check(self._theme, painter, option.rect, option.state, locked=locked)

    def _radio(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        choice_style.paint_radio(self._theme, painter, option.rect, option.state)

    def _row(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if not choice_style.paints_rows(widget):
            choice_style.paint_row(self._theme, cast("QStyleOptionViewItem", option), painter)

    def _branch(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        choice_style.paint_branch(self._theme, option, painter)

    def _item_focus(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if isinstance(widget, QAbstractItemView) and self.ring.by_keyboard:
            choice_style.paint_item_focus(self._theme, option, painter)

    def _frame(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        border = self._theme.color("hairline")
        draw_box(painter, option.rect, border=border, radius=self._theme.radius.card)

    def _draw_icon(self, name: str, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        size = self._theme.icon_size.small
        rect = QRect(0, 0, size, size)
        rect.moveCenter(option.rect.center())
        draw_icon(painter, rect, name, "muted" if option.state & _State.State_Enabled else "disabledText")

    def _nothing(self, _option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
        """Frames within frames stay away."""


def _is_inner_editor(widget: QWidget | None) -> bool:
    return widget is not None and isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
