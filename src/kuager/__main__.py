"""``python -m kuager``."""

import sys

from kuager.faces.cli import main

sys.exit(main())
