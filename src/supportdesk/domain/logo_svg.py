"""Which drawings a vendor may bring as a logo: self-contained ones that load and run nothing."""

import re
from xml.etree import ElementTree

LONGEST_LOGO = 64 * 1024
"""In characters."""

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "linearGradient", "radialGradient", "stop", "clipPath", "text", "tspan",
}  # fmt: skip
_DECLARATIONS = re.compile(r"<!(?!--)|<\?(?!xml\s)")
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:|\\", re.IGNORECASE)


def logo_fault(svg: str) -> str:
    """Why this drawing is refused, for the vendor's eyes; '' when it is fine."""
    if len(svg) > LONGEST_LOGO:
        return f"is longer than {LONGEST_LOGO} characters"
    # A document type could define entities that grow without end; an xml-stylesheet makes Qt open files.
    if _DECLARATIONS.search(svg):
        return "must not have a document type or processing instructions"
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 (no entities: see above)
    except ElementTree.ParseError as error:
        return f"is not an SVG drawing: {error}"
    if root.tag != f"{_SVG}svg":
        return "must be an <svg> of the namespace http://www.w3.org/2000/svg"
    return next(filter(None, map(_element_fault, root.iter())), "")


def _element_fault(element: ElementTree.Element) -> str:
    name = element.tag.removeprefix(_SVG)
    if name not in _SHAPES:
        return f"must not have <{name}>"
    for attribute, value in element.attrib.items():
        if attribute.rpartition("}")[2] == "href" or attribute.startswith("on") or _OUTSIDE.search(value):
            return f"must not have '{attribute}' in <{name}>"
    return ""
