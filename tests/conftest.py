"""What all tests share: one hypothesis profile, and the real inputs where they are."""

from pathlib import Path

import pytest
from hypothesis import settings

# Machines differ in speed; a slow first call (an import, a cache) is no failure.
settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")

INPUTS = Path(__file__).resolve().parents[2] / "shared" / "inputs"


@pytest.fixture(scope="session")
def inputs() -> Path:
    """The folder of real material, or a named skip where it is absent."""
    if not INPUTS.is_dir():
        pytest.skip("../shared/inputs is absent")
    return INPUTS
