"""The tables of a sign-in beside its rivals. Pure."""

from __future__ import annotations

from benchmarks.measurements import LIMIT, SAMPLE, Measurements
from benchmarks.results import Plot, Table


def cold_table(found: Measurements) -> Table:
    """Milliseconds and megabytes; `added` is over the empty handler of the same language."""
    heads = ("handler", "wall min", "wall median", "CPU min", "added", "of the sample's", "peak MB")
    return Table("Cold start, ms", heads, [_cold_row(found, name) for name in found.cold])


def _cold_row(found: Measurements, name: str) -> tuple[str, ...]:
    start = found.cold_start(name)
    added, share = "", ""
    if name in found.empty_of:
        added = f"{found.added_ms(name):.1f}"
        if SAMPLE in found.cold:
            share = f"{found.added_ms(name) / found.added_ms(SAMPLE):.3f}"
    times = (f"{time:.1f}" for time in (start.wall_ms, start.median_ms, start.cpu_ms))
    return name, *times, added, share, f"{start.peak_mb:.1f}"


def warm_table(found: Measurements) -> Table:
    """Microseconds a call, and how many times as long as the limit in the same round."""
    rows = [
        (name, f"{found.warm_us(name):.1f}", f"{found.warm_ratio(name, LIMIT):.2f}")
        for name in found.warm
    ]
    return Table("One warm call", ("operation", "µs", "over C"), rows)


def sign_in_table(found: Measurements) -> Table:
    """Of a whole sign-in through the local stack."""
    title = "InitiateAuth, sign, RespondToAuthChallenge through the local stack"
    if not found.sign_ins:
        return Table(title, ("ms",), [("not measured",)])
    figures = (f"{found.sign_in_median:.1f}", f"{found.sign_in_p95:.1f}")
    return Table(title, ("sign-ins", "median ms", "p95 ms"), [(str(len(found.sign_ins)), *figures)])


def plots(found: Measurements) -> list[Plot]:
    added = {name: max(0.1, found.added_ms(name)) for name in found.empty_of}
    warm = {name: found.warm_us(name) for name in found.warm}
    return [
        Plot("sign-in-cold", "added to a cold start", "ms", {"added": added}, is_logarithmic=True),
        Plot("sign-in-warm", "one warm call", "µs", {"a call": warm}, is_logarithmic=True),
    ]
