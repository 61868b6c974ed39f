"""Virtual environments of peers, made on demand under ``bench/.envs`` with the requirements they pin."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from bench.harness import Environment, Runner, Unavailable

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE / ".envs"


def interpreter(environment: Environment | None, folder: Path = ENVIRONMENTS) -> Path:
    """The Python of an environment, made first if it is not there yet. Raises Unavailable if it cannot be made."""
    if environment is None:
        return Path(sys.executable)
    pins = hashlib.sha256("\n".join(environment.requirements).encode()).hexdigest()[:8]
    home = folder / f"{environment.name}-{pins}"
    ready = home / ".ready"
    if not ready.exists():
        shutil.rmtree(home, ignore_errors=True)
        for command in _commands(home, environment.requirements):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                said = (done.stderr.strip() or done.stdout.strip()).splitlines()
                raise Unavailable(f"it could not be installed: {said[-1].strip() if said else command[0]}")
        ready.touch()
    return home / "bin" / "python"


def version(runner: Runner) -> str:
    """What the table says of a runner's version; Kuager's own where the runner names no version and no environment."""
    if isinstance(runner.version, str):
        return runner.version
    if runner.version:
        try:
            done = subprocess.run(runner.version, capture_output=True, text=True, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            return "not here"
        said = (done.stdout.strip() or done.stderr.strip()).splitlines()
        return said[0].partition(" (Library")[0] if said else "unknown"
    return ", ".join(runner.environment.requirements) if runner.environment else metadata.version("kuager")


def _commands(home: Path, requirements: tuple[str, ...]) -> list[list[str]]:
    beside = HERE.parent / ".uv" / "bin" / "uv"
    uv = shutil.which("uv") or (str(beside) if beside.exists() else None)
    python = home / "bin" / "python"
    if uv:
        install = [uv, "pip", "install", "--quiet", "--python", str(python), *requirements]
        return [[uv, "venv", "--quiet", "--python", sys.executable, str(home)], *([install] if requirements else [])]
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
    return [[sys.executable, "-m", "venv", str(home)], *([install] if requirements else [])]
