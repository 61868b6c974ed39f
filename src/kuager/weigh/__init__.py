"""Sets claims against each other: links with reasons and conditions, and the table of who says how many.

The machine proposes, a person decides; nothing here sums or averages counts.
"""

from kuager.weigh.accounts import Account, accounts
from kuager.weigh.intervals import Interval
from kuager.weigh.link import RELATIONS, Link
from kuager.weigh.links import propose
from kuager.weigh.tolls import Row, Toll, toll

__all__ = ["RELATIONS", "Account", "Interval", "Link", "Row", "Toll", "accounts", "propose", "toll"]
