"""The local stack: its start, its rate beside ministack's, a burst, and long use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from benchmarks.local_load import Burst, SignIns, cold, half_open, memory, sign_ins
from benchmarks.local_stack import StackError, running_process
from benchmarks.look_up_rate import Guest, rate
from benchmarks.ministack import running_ministack
from benchmarks.results import RATIO, Bar, PartResult, Plot, Table
from benchmarks.run import NotMeasuredError, Run
from nft_gallery_client import WalletAuth, WalletAuthError

OURS, THEIRS = "ours", "ministack"
CLIENTS, COMPARED = (1, 8, 64), (1, 8)
WORKERS_A_CORE = 2
SIGN_INS, REQUESTS, HALF_OPEN, BURST = 10_000, 50_000, 300, 64
RESERVE_SECONDS = 15.0
"""To stop stacks and write results."""
SOAK_REST = 0.35
"""Of the time before the sign-ins, what is kept for the mixed requests."""

type Rates = Mapping[str, Mapping[int, list[float]]]
"""Stack -> clients -> look-ups a second, element i from round i."""


@dataclass
class Found:
    """What was measured so far; None and empty where it was not."""

    starts: list[float] = field(default_factory=list)
    rates: dict[str, dict[int, list[float]]] = field(default_factory=dict)
    burst: Burst | None = None
    half_open: float | None = None
    sizes: dict[int, int] = field(default_factory=dict)
    sign_ins: SignIns | None = None
    left_out: dict[str, str] = field(default_factory=dict)


def measure_part(run: Run) -> tuple[PartResult, dict[str, str]]:
    """Raises NotMeasuredError where the stack does not run at all."""
    found = Found()
    try:
        _starts(run, found)
        _rates(run, found)
        _burst_and_half_open(run, found)
        _soak(run, found)
    except (StackError, WalletAuthError, OSError) as error:
        raise NotMeasuredError(f"{type(error).__name__}: {error}") from error
    return result_of(found), {}


def _starts(run: Run, found: Found) -> None:
    times = run.count(5, 1)
    run.say(f"{times} starts")
    for number in range(times):
        with running_process(run.folder(f"start-{number}")) as stack:
            found.starts.append(stack.started_in)


def _rates(run: Run, found: Found) -> None:
    """Ours and the emulator in turn, over and over."""
    with ExitStack() as running:
        ours = running.enter_context(running_process(run.folder("rates")))
        guests = {OURS: Guest(WalletAuth.from_site(ours.site))}
        run.say("building and deploying to ministack")
        try:
            theirs = running.enter_context(running_ministack())
            guests[THEIRS] = Guest(theirs)
        except (NotMeasuredError, WalletAuthError) as error:
            found.left_out[THEIRS] = str(error)
        run.say(f"look-ups of {', '.join(map(str, CLIENTS))} clients")
        found.rates = _rounds(guests, run.count(7, 1), run.count(20, 5) / 10)


def _rounds(
    guests: Mapping[str, Guest], rounds: int, seconds: float
) -> dict[str, dict[int, list[float]]]:
    """One round more, uncounted, starts the workers."""
    rates: dict[str, dict[int, list[float]]] = {name: {} for name in guests}
    for number in range(rounds + 1):
        for clients in CLIENTS:
            for name, guest in guests.items():
                if name == THEIRS and clients not in COMPARED:
                    continue
                measured = rate(guest, clients=clients, seconds=seconds)
                if number:
                    rates[name].setdefault(clients, []).append(measured)
    return rates


def _burst_and_half_open(run: Run, found: Found) -> None:
    with running_process(run.folder("burst")) as stack:
        run.say(f"{BURST} clients at once, cold")
        found.burst = cold(stack, run.count(BURST, 8))
        run.say("connections that never end")
        found.half_open = half_open(stack, run.count(HALF_OPEN, 10))


def _soak(run: Run, found: Found) -> None:
    """What does not get done in the time that is left is said."""
    with (
        running_process(run.folder("sign-ins")) as stack,
        running_process(run.folder("few-sign-ins")) as small,
    ):
        wanted = run.count(SIGN_INS, 50)
        run.say(f"{wanted} sign-ins")
        goes_on = run.goes_on(run.left() * SOAK_REST)
        found.sign_ins = sign_ins(stack, small, wanted, run.count(8, 1), goes_on)
        if found.sign_ins.count < wanted:
            found.left_out["sign-ins"] = f"{found.sign_ins.count} of {wanted} in the time there is"
    with running_process(run.folder("requests")) as stack:
        wanted = run.count(REQUESTS, 200)
        run.say(f"{wanted} mixed requests")
        found.sizes = memory(stack, wanted, run.goes_on(RESERVE_SECONDS))
        if wanted not in found.sizes:
            reached = max(found.sizes, default=0)
            found.left_out["mixed requests"] = f"{reached} of {wanted} in the time there is"


def result_of(found: Found) -> PartResult:
    ratios = {clients: _ratio(found.rates, clients) for clients in COMPARED}
    return PartResult(
        figures=_figures(found, ratios),
        bars=[
            *(
                Bar(f"guest look-ups over ministack's rate, clients: {clients}", ratio, 0.7, True)
                for clients, ratio in ratios.items()
            ),
            *_burst_bars(found.burst),
            Bar("seconds until half-open connections are gone", found.half_open, 30),
            Bar(
                "sign-ins: last tenth over the first, beside a stack without others",
                _slower(found.sign_ins),
                1.2,
            ),
            Bar("memory after all mixed requests over a tenth of them", _growth(found.sizes), 1.1),
        ],
        tables=[_times_table(found), _rate_table(found.rates), _memory_table(found.sizes)],
        plots=[_rate_plot(found.rates), *_sign_in_plot(found.sign_ins)],
        left_out=found.left_out,
    )


def _ratio(rates: Rates, clients: int) -> float | None:
    """Of both in the same round, the median."""
    if clients not in rates.get(THEIRS, {}):
        return None
    pairs = zip(rates[OURS][clients], rates[THEIRS][clients], strict=True)
    return median(ours / theirs for ours, theirs in pairs)


def _figures(found: Found, ratios: Mapping[int, float | None]) -> dict[str, float]:
    figures = {"start, s": median(found.starts)} if found.starts else {}
    for name, by_clients in found.rates.items():
        for clients, rates in by_clients.items():
            figures[f"look-ups a second: {name}, {clients} clients"] = median(rates)
    for clients, ratio in ratios.items():
        if ratio:
            figures[f"{RATIO}time of a look-up over ministack's, {clients} clients"] = 1 / ratio
    if found.burst:
        figures["p99 of a burst, s"] = found.burst.p99
    if found.sign_ins:
        tenths = found.sign_ins.tenths
        figures |= {f"sign-in ms, tenth {number}": each for number, each in enumerate(tenths, 1)}
    figures |= {f"MB after {count} requests": size / 1e6 for count, size in found.sizes.items()}
    return figures


def _burst_bars(burst: Burst | None) -> list[Bar]:
    if burst is None:
        return []
    return [
        Bar(f"{burst.clients} clients at once, cold: errors", len(burst.failed), 0),
        Bar("of them, p99 in s", burst.p99, 4),
        Bar("workers of one function, at most", burst.most_workers, _most_workers()),
    ]


def _most_workers() -> int:
    return WORKERS_A_CORE * (os.cpu_count() or 1)


def _slower(found: SignIns | None) -> float | None:
    """Beside how much slower a stack without many wallets became meanwhile."""
    is_enough = found and min(len(found.tenths), len(found.beside)) > 1
    return found.last_over_first if found and is_enough else None


def _growth(sizes: Mapping[int, int]) -> float | None:
    return sizes[max(sizes)] / sizes[min(sizes)] if len(sizes) > 1 else None


def _times_table(found: Found) -> Table:
    """Of the start: from before the process exists until it says that it is ready."""
    rows = [("start, median", median(found.starts))] if found.starts else []
    if found.burst:
        rows.append(
            (f"{found.burst.clients} clients at once, cold: median", median(found.burst.took))
        )
        rows.append((f"{found.burst.clients} clients at once, cold: p99", found.burst.p99))
    if found.half_open is not None:
        rows.append(("half-open connections are gone after", found.half_open))
    return Table("Seconds", ("what", "s"), [(what, f"{seconds:.2f}") for what, seconds in rows])


def _rate_table(rates: Rates) -> Table:
    rows = [
        (name, str(clients), f"{median(measured):,.0f}")
        for name, by_clients in rates.items()
        for clients, measured in by_clients.items()
    ]
    return Table("Guest look-ups", ("stack", "clients", "a second"), rows)


def _memory_table(sizes: Mapping[int, int]) -> Table:
    rows = [(f"{count:,}", f"{size / 1e6:.1f}") for count, size in sizes.items()]
    return Table("Memory of the stack's process", ("mixed requests", "MB"), rows)


def _rate_plot(rates: Rates) -> Plot:
    series = {
        name: {f"{clients} clients": median(each) for clients, each in by_clients.items()}
        for name, by_clients in rates.items()
    }
    return Plot("local-rates", "guest look-ups", "a second", series)


def _sign_in_plot(found: SignIns | None) -> list[Plot]:
    if found is None or not found.tenths:
        return []
    tenths = {f"{tenth + 1}. tenth": each for tenth, each in enumerate(found.tenths)}
    beside = {f"{tenth + 1}. tenth": each for tenth, each in enumerate(found.beside)}
    title = f"{found.count:,} sign-ins, one after another"
    series = {"a new wallet": tenths, "one wallet at a stack without others": beside}
    return [Plot("local-sign-ins", title, "ms, median", series)]
