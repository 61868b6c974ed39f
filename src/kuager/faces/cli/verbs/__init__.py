"""One module per verb, each with a click command named ``command``.

``VERBS`` maps the verb to its module and its one-line help, so that ``kuager --help`` imports none.
"""

VERBS: dict[str, tuple[str, str]] = {
    "new": ("new", "Make a case."),
    "source": ("source", "Make a source, known by a pseudonym."),
    "add": ("add", "Preserve files and folders."),
    "examine": ("examine", "Run the instruments over the items."),
    "show": ("show", "Show what is known of the case or an item."),
    "verify": ("verify", "Check a case, an export or a published page."),
    "log": ("log", "Show the log."),
    "clear": ("clear", "Let an item out through the gate."),
    "export": ("export", "Pack what may leave, with what checks it."),
    "publish": ("publish", "Write the case page, a static site."),
    "stamp": ("stamp", "Anchor the newest checkpoint with a time-stamp authority."),
    "restrict": ("restrict", "Encrypt what was clear."),
    "erase": ("erase", "Destroy key and salt; the place in the log stays."),
    "reindex": ("reindex", "Rebuild the index from log and payloads."),
    "recover": ("recover", "Decide over a checkpoint that does not verify."),
    "sync": ("sync", "Put recordings on one clock by their sound."),
    "match": ("match", "Find copies, excerpts and re-uploads."),
    "read": ("read", "Turn a page into statements and claims."),
    "sun": ("sun", "Where the sun stood at a place and time."),
    "demo": ("demo", "Build the drill case, publish its page, open it."),
    "drill": ("drill", "Make a synthetic case with known truth."),
}
