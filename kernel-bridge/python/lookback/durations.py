"""Durations as `timedelta` or as text: "45min", "1h 30min", "00:45:00"."""

import re
from datetime import timedelta

UNITS = {
    "w": 604_800_000_000,
    "d": 86_400_000_000,
    "h": 3_600_000_000,
    "min": 60_000_000,
    "s": 1_000_000,
    "ms": 1_000,
    "us": 1,
}
NAMES = {
    **dict.fromkeys(("weeks", "week"), "w"),
    **dict.fromkeys(("days", "day"), "d"),
    **dict.fromkeys(("hours", "hour", "hr"), "h"),
    **dict.fromkeys(("minutes", "minute", "mins", "m", "t"), "min"),
    **dict.fromkeys(("seconds", "second", "sec", "secs"), "s"),
    **dict.fromkeys(("milliseconds", "millisecond", "millis"), "ms"),
    **dict.fromkeys(("microseconds", "microsecond", "micros", "µs"), "us"),
}


def parse_duration(value):
    """A timedelta of what is given (None and 0 are zero), or None when it is no duration."""
    if value is None or (isinstance(value, int) and value == 0):
        return timedelta(0)
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        return None
    clock = re.fullmatch(r"(\d+):([0-5]\d):([0-5]\d)", value.strip())
    if clock:
        return timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3]))
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([a-zA-Zµ]+)[\s,]*", value)
    written = "".join(f"{amount}{unit}" for amount, unit in parts)
    if not parts or written != re.sub(r"[\s,]", "", value):
        return None
    microseconds = 0.0
    for amount, unit in parts:
        size = UNITS.get(NAMES.get(unit.lower(), unit.lower()))
        if size is None:
            return None
        microseconds += float(amount) * size
    return timedelta(microseconds=microseconds)
