"""Optional layers over the rules: a parser, or a model behind an endpoint, that propose what the rules did not find.

A layer only ever adds: where the rules found a statement its proposal is dropped. What it adds is told as its own
(``Statement.read_by``). None is on unless asked for, and reading needs none of them.
"""

from kuager.instruments.text.layers.endpoint import Endpoint
from kuager.instruments.text.layers.layer import Layer, Proposal, Proposals, Recorded
from kuager.instruments.text.layers.parse import Parse

__all__ = ["Endpoint", "Layer", "Parse", "Proposal", "Proposals", "Recorded"]
