"""The bench is a package beside ``src``, not a part of Kuager: `python -m bench` finds it in the repository's root."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
