"""What a page says, as plain data: nothing here knows of cases, and nothing here has been masked or chosen.

The gate (``kuager.release``) decides what may leave; ``reading`` turns that into this model; ``render`` writes it. A
room that finds something new adds a field here and a template beside the others; nothing else moves.

Seconds are presentation seconds of the recording, or seconds on its group's clock where the name says so.
"""

from kuager.faces.page.model.custody import Custody, Disclosed, Document, File
from kuager.faces.page.model.findings import Answer, Conclusion, Correction, Event, Place, Promise, Signed
from kuager.faces.page.model.page import Page
from kuager.faces.page.model.recordings import Begin, Copy, Mark, Observation, Recording, Speech, Transcript
from kuager.faces.page.model.statements import (
    Between,
    Claim,
    Count,
    Evidence,
    Hand,
    Link,
    Marked,
    Relation,
    Source,
    Statement,
    Text,
    Whose,
)
from kuager.faces.page.model.time import Fragment, Picture, Precision, Reference, Standing, When

__all__ = [
    "Answer",
    "Begin",
    "Between",
    "Claim",
    "Conclusion",
    "Copy",
    "Correction",
    "Count",
    "Custody",
    "Disclosed",
    "Document",
    "Event",
    "Evidence",
    "File",
    "Fragment",
    "Hand",
    "Link",
    "Mark",
    "Marked",
    "Observation",
    "Page",
    "Picture",
    "Place",
    "Precision",
    "Promise",
    "Recording",
    "Reference",
    "Relation",
    "Signed",
    "Source",
    "Speech",
    "Standing",
    "Statement",
    "Text",
    "Transcript",
    "When",
    "Whose",
]
