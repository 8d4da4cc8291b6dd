"""The page of `/_local/`, rendered here; its script asks for it again and sends what is clicked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import escape

from local.workbench.recent_requests import SeenRequest
from local.workbench.wallets import SeenSession, SeenUser

_SHOWN_REQUESTS = 100
_SHOWN_SESSIONS = 5


@dataclass(frozen=True)
class Shown:
    """Requests newest first; the fault of each provider, and which of them stand-ins answer for."""

    requests: Sequence[SeenRequest]
    users: Sequence[SeenUser]
    faults: Mapping[str, str]
    choices: Sequence[str]
    stood_in: Collection[str]


def render(shown: Shown) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Workbench · NFT Gallery</title>
<link rel="stylesheet" href="page.css">
<script src="page.js" defer></script>
</head>
<body>
<header><h1>Workbench</h1><p>What this stack has seen. Only this machine sees this page.
<a href="/">To the gallery</a></p></header>
<main>
<section aria-labelledby="providers"><h2 id="providers">Providers</h2>
<div class="cards">{_providers(shown)}
</div></section>
<section aria-labelledby="requests" data-live><h2 id="requests">Requests</h2>
{_requests(shown.requests)}</section>
<section aria-labelledby="users" data-live><h2 id="users">Users</h2>
{_users(shown.users)}</section>
</main>
<p role="status" id="status"></p>
</body>
</html>
"""


def _providers(shown: Shown) -> str:
    return _join(
        _provider(name, fault, shown.choices if name in shown.stood_in else ())
        for name, fault in shown.faults.items()
    )


def _provider(name: str, fault: str, choices: Sequence[str]) -> str:
    """Without choices, the provider itself answers."""
    title = f"<h3>{escape(name.capitalize())}</h3>"
    if not choices:
        return f"<div class=card>{title}<p class=quiet>Your own key: it answers itself.</p></div>"
    options = _join(map(partial(_option, fault), ("", *choices)))
    state = " failing" if fault else ""
    return (
        f"<div class='card{state}'>{title}<label>Stand-in "
        f"<select data-provider='{escape(name)}'>{options}</select></label></div>"
    )


def _option(chosen: str, fault: str) -> str:
    selected = " selected" if fault == chosen else ""
    return f"<option value='{escape(fault)}'{selected}>{escape(fault) or 'answers'}</option>"


def _requests(requests: Sequence[SeenRequest]) -> str:
    if not requests:
        return "<p class=quiet>None yet: open the gallery, or call the API.</p>"
    rows = _join(map(_request, requests[:_SHOWN_REQUESTS]))
    heads = _join(f"<th scope=col>{h}" for h in ("Time", "Status", "Route", "Caller", "Took"))
    return f"<div class=scroll><table><thead><tr>{heads}</thead><tbody>{rows}</tbody></table></div>"


def _request(seen: SeenRequest) -> str:
    look = "refused" if seen.causes else f"s{seen.status // 100}"
    causes = _join(f"<p class=cause>{escape(cause)}</p>" for cause in seen.causes)
    return (
        f"<tr><td>{_time(seen.at)}<td><span class='status {look}'>{seen.status}"
        f"</span><td><b>{escape(seen.method)}</b> {escape(seen.route)} "
        f"<span class=quiet>{escape(seen.door)}</span>{causes}"
        f"<td class=mono>{_caller(seen.caller)}"
        f"<td class=number>{seen.milliseconds:.0f} ms"
    )


def _caller(caller: str) -> str:
    kind, _, name = caller.partition(" ")
    if not caller:
        return "<span class=quiet>nobody</span>"
    if kind not in ("wallet", "guest", "identity") or len(name) < 20:
        return escape(caller)
    return f"{kind} <span title='{escape(name)}'>{escape(name[:6])}…{escape(name[-4:])}</span>"


def _users(users: Sequence[SeenUser]) -> str:
    if not users:
        return "<p class=quiet>None yet: sign in once.</p>"
    return f"<div class=cards>{_join(map(_user, users))}</div>"


def _user(user: SeenUser) -> str:
    marks = _join(
        f"<p class=quiet>{escape(name)} {escape(value)}</p>"
        for name, value in user.attributes.items()
    )
    sessions = _join(map(_session, user.sessions[:_SHOWN_SESSIONS]))
    more = len(user.sessions) - _SHOWN_SESSIONS
    rest = f"<p class=quiet>and {more} more</p>" if more > 0 else ""
    return (
        f"<div class=card><h3 class=mono>{escape(user.username)}</h3>"
        f"<p class=quiet>{escape(user.status.lower())}, since {_day(user.created_at)}</p>"
        f"{marks}<ul>{sessions}</ul>{rest}</div>"
    )


def _session(session: SeenSession) -> str:
    button = (
        f"<button data-session='{escape(session.id)}'>Expire</button>"
        if session.state == "current"
        else f"<span class=quiet>{escape(session.state)}</span>"
    )
    return f"<li>signed in {_day(session.signed_in_at)} {_time(session.signed_in_at)} {button}"


def _time(at: float) -> str:
    moment = datetime.fromtimestamp(at).astimezone()
    return f"<time datetime='{moment.isoformat()}'>{moment:%H:%M:%S}</time>"


def _day(at: float) -> str:
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d}"


def _join(parts: Iterable[str]) -> str:
    return "".join(parts)
