import sys
from pathlib import Path

# Workers get the driver's path, so that the examiners of these tests can be imported there.
sys.path.insert(0, str(Path(__file__).parent))
