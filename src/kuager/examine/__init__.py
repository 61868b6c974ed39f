"""Carries items to the instruments and findings to the record."""

from kuager.examine.engine import Ledger, Outcome, Progress, Trouble, run
from kuager.examine.pool import Pool
from kuager.examine.result import Made, Result
from kuager.examine.serial import Serial
from kuager.examine.task import Comparer, Examiner, Key, Limits, Subject, Task, comparisons, examinations

__all__ = [
    "Comparer",
    "Examiner",
    "Key",
    "Ledger",
    "Limits",
    "Made",
    "Outcome",
    "Pool",
    "Progress",
    "Result",
    "Serial",
    "Subject",
    "Task",
    "Trouble",
    "comparisons",
    "examinations",
    "run",
]
