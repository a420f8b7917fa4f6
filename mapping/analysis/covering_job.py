"""The exact search of :mod:`mapping.analysis.covering` in a process of its own, so that it can be stopped.

``python -m mapping.analysis.covering_job`` reads a problem from its input and writes the answer as JSON.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from mapping.analysis.covering import SECONDS, Answer, Covering, Solved, optimum

ROOT: Final = Path(__file__).resolve().parents[2]
GRACE_S: Final = 10.0
"""Seconds a search may take beyond its limit, for starting and for the last step."""


@dataclass(eq=False)
class Job:
    """A running search; made by :func:`started`."""

    process: "subprocess.Popen[bytes]"
    seconds: float
    """Time limit of the search."""
    begun: float = field(default_factory=time.monotonic)
    _told: Solved | None = None

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since it was started."""
        return time.monotonic() - self.begun

    @property
    def is_running(self) -> bool:
        """Return whether it is still at work; one that overstays its limit is ended."""
        if self.elapsed_s > self.seconds + GRACE_S:
            self.cancel()
        return self.process.poll() is None

    def cancel(self) -> None:
        """End it at once."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
            if self.process.stdout:
                self.process.stdout.close()

    def result(self) -> Solved | None:
        """Return what it found, None while it runs and where it was cancelled."""
        if self._told is None and not self.is_running and self.process.returncode == 0 and self.process.stdout:
            told = json.loads(self.process.stdout.read())
            answer = Answer(tuple(told["chosen"]), told["people"])
            self._told = Solved(answer, told["bound"], told["is_proven"])
            self.process.stdout.close()
        return self._told


def started(problem: Covering, k: int, seconds: float = SECONDS) -> Job:
    """Start the exact search for the best ``k`` candidates."""
    matrix = problem.served.tocsr()
    with tempfile.TemporaryFile() as told:
        np.savez(
            told,
            pointers=matrix.indptr,
            columns=matrix.indices,
            shape=np.array(matrix.shape),
            people=problem.people,
            asked=np.array([k, seconds]),
        )
        told.seek(0)
        command = [sys.executable, "-m", "mapping.analysis.covering_job"]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )  # fmt: skip
    return Job(process, seconds)


def solve(told: bytes) -> dict[str, Any]:
    """Return the answer to a problem as :func:`started` writes it."""
    from scipy.sparse import csr_matrix

    with np.load(io.BytesIO(told), allow_pickle=False) as parts:
        columns, pointers = parts["columns"], parts["pointers"]
        served = csr_matrix((np.ones(len(columns)), columns, pointers), shape=tuple(parts["shape"]))
        people, (k, seconds) = parts["people"], parts["asked"]
    found = optimum(served, people, int(k), float(seconds))
    return {
        "chosen": list(found.answer.chosen),
        "people": found.answer.people,
        "bound": found.bound,
        "is_proven": bool(found.is_proven),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(solve(sys.stdin.buffer.read())))
