"""Words by which noun phrases are bounded: times, what opens an apposition, participles that open a sentence."""

from __future__ import annotations

import re

TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october "
    "november december yesterday today tonight morning afternoon evening night week month "
    "year jan feb aug sept oct nov dec".split()
)
APPOSITION = frozenset(
    "a an the who whose which whom his her their its now then also one chairman chairwoman "
    "president director head chief spokesman spokeswoman spokesperson leader professor founder "
    "editor author former senior deputy vice of himself herself executive co-founder co-author "
    "secretary minister aged both including along where when while with in at formerly an".split()
)


PARTICIPLE = re.compile(
    r"(?:Asked|Pressed|Speaking|Asking|Standing|Sitting|Writing|Appearing|Campaigning|Responding"
    r"|Addressing|Referring|Noting|Citing|Told|Confronted|Questioned|Introduced|Reached|Born"
    r"|Dressed|Joined)$"
)
