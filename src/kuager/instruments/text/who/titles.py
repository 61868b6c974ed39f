"""Names in quotation marks: «Степной вестник», "Dala Mobile". What stands in such marks was not said."""

from __future__ import annotations

import re

#: A capital or a figure first, no mark of a sentence inside, no dash of an attribution behind.
TITLE = re.compile(
    r"«[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\d](?:[^«»!?…\n]{0,58}[^«»!?….,\n])?»(?!,?\s*[—–-]\s)"
    r"|[\"“][A-ZА-ЯЁӘҒҚҢӨҰҮҺІ\d](?:[^\"“”«»!?…\n]{0,58}[^\"“”«»!?….,\n])?[\"”](?!,?\s*[—–-]\s)"
)
