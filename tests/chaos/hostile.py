"""R7: a bad server cannot hurt."""

import tempfile
from pathlib import Path

from tests.support.hostile import ENDPOINTS, hurt


def run(answers: int, seed: int) -> bool:
    """`answers` for each endpoint."""
    good = True
    for endpoint in ENDPOINTS:
        with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
            strange = hurt(endpoint, answers, seed, Path(folder))
        print(f"   {endpoint}: {answers} spoiled answers, {len(strange)} that hurt", *strange[:3], flush=True)
        good = good and not strange
    return good
