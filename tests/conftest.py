"""Settings every test shares: Hypothesis draws the same examples in every run and sets no deadline."""

import os

from hypothesis import settings

settings.register_profile("dev", derandomize=True, deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
