"""One module per verb, each with a click command named ``command``.

``VERBS`` maps the verb to its module and its one-line help, so that ``kuager --help`` imports none.
"""

VERBS: dict[str, tuple[str, str]] = {
    "sun": ("sun", "Where the sun stood at a place and time."),
}
