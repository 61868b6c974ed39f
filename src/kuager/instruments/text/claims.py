from __future__ import annotations
def claims(*a, **k):
    return ()
