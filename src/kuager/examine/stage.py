"""The stage code: one task in, plain data out. The same function runs serially, in the pool and in any executor."""

from __future__ import annotations

from typing import Any

import msgspec

from kuager.errors import KuagerError
from kuager.examine.task import Comparer, Task


def perform(task: Task) -> bytes:
    """Run a task and pack what came of it as MessagePack.

    Either ``{"result": …}`` or ``{"failed": reason}`` (the input or the examiner is at fault) or ``{"exceeded":
    reason}`` (past its memory). Nothing raised inside leaves this function, so no executor need carry exceptions.
    """
    try:
        if isinstance(task.by, Comparer):
            result = task.by.compare(task.paths, task.settings)
        else:
            result = task.by.examine(task.paths[0], task.settings)
        return msgspec.msgpack.encode({"result": result.as_plain()})
    except MemoryError:
        return _packed("exceeded", f"needed more memory than {task.limits.memory_bytes >> 20} MiB")
    except KuagerError as error:
        return _packed("failed", error.message)
    except Exception as error:  # an examiner's fault must not end the run; its type and place tell where to look
        return _packed("failed", f"{task.key.name} {task.key.version} broke: {_place(error)}")


def _packed(kind: str, reason: str) -> bytes:
    return msgspec.msgpack.encode({kind: reason})


def _place(error: Exception) -> str:
    # The message is left out: it may quote the item.
    trace: Any = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{where}"
