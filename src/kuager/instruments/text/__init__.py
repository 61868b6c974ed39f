"""Pages read into statements: who said what, through whom, in which words, and every count with its bounds.

>>> from kuager.instruments import text
>>> reading = text.read(open("page.txt", "rb").read())
"""

from kuager.instruments.text.model import Claim, Reading, Source, Span, Statement
from kuager.instruments.text.page.document import Document, load
from kuager.instruments.text.reader import read

__all__ = ["Claim", "Document", "Reading", "Source", "Span", "Statement", "load", "read"]
