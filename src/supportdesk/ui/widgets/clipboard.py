"""What the clipboard holds for a place that takes files and pictures."""

from PySide6.QtGui import QGuiApplication, QImage


def held() -> tuple[list[str], QImage]:
    """Local paths, or else a picture: a file manager offers both. An empty one means that there is none."""
    data = QGuiApplication.clipboard().mimeData()
    names = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if names or not data.hasImage():
        return names, QImage()
    return [], QImage(data.imageData())
