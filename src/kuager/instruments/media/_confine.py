"""Bounds on the current process, for workers that open hostile files."""

from __future__ import annotations


def confine(memory_bytes: int, cpu_s: float | None) -> None:
    """Limit this process for good: address space in bytes, processor seconds (``None``: no bound), no core dumps.

    Meant for a worker process, never for the caller's own. Past the memory bound allocations fail (``MemoryError`` or
    a decoder's error); past the processor time the kernel ends the process. POSIX ``setrlimit``.
    """
    import math
    import resource

    bounds = {resource.RLIMIT_AS: memory_bytes, resource.RLIMIT_CORE: 0}
    if cpu_s is not None:
        bounds[resource.RLIMIT_CPU] = math.ceil(cpu_s)
    for kind, bound in bounds.items():
        _, hard = resource.getrlimit(kind)
        wanted = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (wanted, wanted))
