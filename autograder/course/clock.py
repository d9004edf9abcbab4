"""What a clock on the wall of the course shows, as moments.

Twice a year clocks are changed. A time that they skip is taken to be as long after the jump; of one
that they show twice the second counts. Both are to the student's advantage.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def moment_of(shown: datetime, zone: tzinfo) -> datetime:
    """The moment at which clocks in `zone` show the naive time `shown`.

    Of the two readings of a skipped or doubled time it is the later one.
    """
    readings = (shown.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return max(readings, key=lambda moment: moment.astimezone(UTC))


def oddity(moment: datetime) -> str:
    """What to say of a moment that was written as a time which clocks skip or show twice; or ""."""
    zone = moment.tzinfo
    shown = moment.replace(tzinfo=None)
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return ""
    back = first.astimezone(zone).replace(tzinfo=None)
    if back == shown:
        return f"Clocks show {shown:%Y-%m-%d %H:%M} twice; the second time counts."
    later = max(first, second).astimezone(zone)
    return f"Clocks skip {shown:%Y-%m-%d %H:%M}; {later:%H:%M} counts."
