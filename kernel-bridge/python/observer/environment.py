"""What the kernel runs on: Python, every installed distribution, the machine, and the variables that change what code computes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Any

# Where a value may be a person's secret the variable is none of these.
VARIABLES = (
    "ATEN_CPU_CAPABILITY",
    "BLIS_ARCH_TYPE",
    "BLIS_NUM_THREADS",
    "CUBLAS_WORKSPACE_CONFIG",
    "CUDA_VISIBLE_DEVICES",
    "DNNL_MAX_CPU_ISA",
    "JAX_ENABLE_X64",
    "JAX_PLATFORMS",
    "KERAS_BACKEND",
    "KMP_DETERMINISTIC_REDUCTION",
    "LANG",
    "LC_ALL",
    "LC_COLLATE",
    "LC_NUMERIC",
    "MKL_CBWR",
    "MKL_DYNAMIC",
    "MKL_ENABLE_INSTRUCTIONS",
    "MKL_NUM_THREADS",
    "NPY_DISABLE_CPU_FEATURES",
    "NPY_ENABLE_CPU_FEATURES",
    "NUMEXPR_NUM_THREADS",
    "NVIDIA_TF32_OVERRIDE",
    "OMP_DYNAMIC",
    "OMP_NUM_THREADS",
    "ONEDNN_MAX_CPU_ISA",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "OPENBLAS_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "PYTHONHASHSEED",
    "SCIPY_ARRAY_API",
    "TF_CUDNN_DETERMINISTIC",
    "TF_DETERMINISTIC_OPS",
    "TF_ENABLE_ONEDNN_OPTS",
    "TOKENIZERS_PARALLELISM",
    "TZ",
    "VECLIB_MAXIMUM_THREADS",
)


def environment() -> dict[str, Any]:
    import importlib.metadata
    import platform

    packages = {}
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name:
            packages[name] = distribution.version
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": packages,
        "processor": processor() or platform.processor() or None,
        "processors": processors(),
        "memoryBytes": memory_bytes(),
        "gpus": gpus(),
        "variables": {name: os.environ[name] for name in VARIABLES if name in os.environ},
    }


def processor() -> str | None:
    """The processor's name as its maker gives it."""
    if sys.platform == "darwin":
        return (answer("sysctl", "-n", "machdep.cpu.brand_string") or "").strip() or None
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:
            named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
            return next(named, None)
    except OSError:
        return None


def processors() -> int | None:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def memory_bytes() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def gpus() -> list[str] | None:
    """None where a driver is there and does not answer."""
    if sys.platform == "darwin":
        return None
    if shutil.which("nvidia-smi") is None:
        return []
    told = answer("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
    return None if told is None else [line.strip() for line in told.splitlines() if line.strip()]


def answer(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
