"""Report a problem: four steps and the delivery log."""

from supportdesk.ui.screens.report.screen import ReportScreen

__all__ = ["ReportScreen"]
