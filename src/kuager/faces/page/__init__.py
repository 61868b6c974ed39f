"""The published face of a case: a folder of static files that opens from ``file://`` or any web host."""

from kuager.faces.page.model import Page
from kuager.faces.page.publishing import publish
from kuager.faces.page.render import render

__all__ = ["Page", "publish", "render"]
