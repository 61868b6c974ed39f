"""One module per verb, each with a click command named ``command``.

``VERBS`` maps the verb to its module and its one-line help, so that ``kuager --help`` imports none.
"""

VERBS: dict[str, tuple[str, str]] = {
    "publish": ("publish", "Writes the case page, a static site."),
    "export": ("export", "Packs what may leave, with what checks it."),
    "clear": ("clear", "Lets an item out through the gate."),
    "new": ("new", "Make a case."),
    "source": ("source", "Make a source, known by a pseudonym."),
    "add": ("add", "Preserve files and folders."),
    "show": ("show", "Show what is known of the case or an item."),
    "verify": ("verify", "Check a case, an export or a published page."),
    "log": ("log", "Show the log."),
    "stamp": ("stamp", "Anchor the newest checkpoint with a time-stamp authority."),
    "restrict": ("restrict", "Encrypt what was clear."),
    "erase": ("erase", "Destroy key and salt; the place in the log stays."),
    "reindex": ("reindex", "Rebuild the index from log and payloads."),
    "recover": ("recover", "Decide over a checkpoint that does not verify."),
    "sun": ("sun", "Where the sun stood at a place and time."),
}
