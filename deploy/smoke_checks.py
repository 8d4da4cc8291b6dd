"""What must hold on every running gallery, one function a promise.

A check returns, or raises CheckFailedError with a reason that quotes statuses and error types only:
a refused request's body can repeat its Authorization header. What it returns is a note on something
that AWS does not promise either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import httpx
from eth_account import Account

from deploy.smoke_visit import Visit
from nft_gallery_client import CognitoRefusedError, IdTokens, SessionError, SignInError
from nft_gallery_client.http import over_httpx

type Check = Callable[[Visit], str | None]

APES = "0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D"
COLLECTION = "getNFTsCollectionAlchemy"
OWN = {
    "getNFTsAlchemy": "ownedNfts",
    "getNFTsMoralis": "result",
    "getNFTsAlchemyLambda": "ownedNfts",
    "getNFTsMoralisLambda": "result",
}
"""Routes of a wallet's own NFTs, and where their answers list them."""
STRANGER = "https://stranger.example"
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin-allow-popups",
}
_CSP = ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")


class CheckFailedError(Exception):
    pass


class SkippedError(Exception):
    """The check means nothing here; `str()` says why."""


def require(condition: bool, reason: str) -> None:
    if not condition:
        raise CheckFailedError(reason)


def expect_status(answer: httpx.Response, status: int, error_type: str = "") -> None:
    found = answer.headers.get("x-amzn-errortype", "").split(":")[0]
    wanted, got = f"{status} {error_type}".strip(), f"{answer.status_code} {found}".strip()
    is_right = answer.status_code == status and (not error_type or found == error_type)
    require(is_right, f"expected {wanted}, got {got}{_code(answer)}")


def _code(answer: httpx.Response) -> str:
    """Our own stable error code, where there is one."""
    match = re.match(r'\{"error":\{"code":"([a-z_]+)"', answer.text)
    return f" {match[1]}" if match else ""


def the_site_tells_the_stacks_configuration(visit: Visit) -> None:
    """A site published a moment ago gets a minute to be everywhere."""
    for _ in range(12):
        answer = visit.page("config.json")
        if answer.status_code == 200 and _json(answer) == dict(visit.config):
            return
        visit.sleep(5)
    expect_status(answer, 200)
    raise CheckFailedError("config.json is not what the stack's outputs say: publish again")


def _json(answer: httpx.Response) -> object:
    try:
        return answer.json()
    except ValueError:
        return None


def the_page_carries_its_security_headers(visit: Visit) -> None:
    answer = visit.page("")
    expect_status(answer, 200)
    for name, value in _HEADERS.items():
        require(answer.headers.get(name) == value, f"{name} is not {value}")
    policy = answer.headers.get("content-security-policy", "")
    for directive in _CSP:
        require(directive in policy, f"content-security-policy lacks {directive}")
    require("unsafe-" not in policy, "content-security-policy allows something unsafe")
    require("strict-transport-security" in answer.headers or not visit.is_published, "no HSTS")


def the_page_names_the_one_api_it_may_call(visit: Visit) -> None:
    _require_published(visit)
    policy = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"', visit.page("").text
    )
    require(policy is not None, "index.html has no policy of its own: publish with `make publish`")
    origin = "/".join(visit.config["apiEndpoint"].split("/")[:3])
    require(policy is not None and origin in policy[1].split(), "index.html names another API")


def a_deep_link_is_the_page(visit: Visit) -> None:
    answer = visit.page("collection/deep/link")
    expect_status(answer, 200)
    require(answer.text == visit.page("").text, "a deep link is not index.html")


def files_are_cached_as_their_names_allow(visit: Visit) -> None:
    page = visit.page("")
    require(page.headers.get("cache-control") == "no-cache", "index.html is not `no-cache`")
    names = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.text)
    require(bool(names), "index.html names no asset")
    for name in names:
        answer = visit.page(name)
        expect_status(answer, 200)
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        require(answer.headers["content-type"].startswith(kind), f"{name} is not {kind}")
        is_kept = "immutable" in answer.headers.get("cache-control", "")
        require(is_kept or not visit.is_published, f"{name} is not cached for good")


def plain_http_is_sent_to_https(visit: Visit) -> None:
    _require_published(visit)
    answer = visit.http.get(visit.site.replace("https://", "http://"), follow_redirects=False)
    require(answer.status_code in (301, 308), f"http is answered with {answer.status_code}")


def the_api_is_up(visit: Visit) -> None:
    expect_status(visit.get("health"), 200)


def a_guest_looks_up_a_collection(visit: Visit) -> None:
    answer = visit.signed_get(COLLECTION, contractAddress=APES)
    expect_status(answer, 200)
    require("nfts" in answer.json(), "the answer lists no NFTs")


def a_throw_away_wallet_signs_in(visit: Visit) -> None:
    """Its ID token is what a service of one's own would take."""
    id_tokens = IdTokens(visit.client_config, http=over_httpx(visit.http), now=visit.now)
    wallet = id_tokens.verify(visit.session.id_token)
    require(wallet.address == visit.wallet.address, "the ID token names another wallet")


def another_wallets_signature_signs_nobody_in(visit: Visit) -> None:
    _ = visit.session
    try:
        visit.signed_by(Account.create())
    except SignInError as refusal:
        require(refusal.code == "refused_signature", f"the sign-in ended by {refusal.code}")
        return
    raise CheckFailedError("Cognito gave tokens for a wrong signature")


def no_password_signs_in(visit: Visit) -> None:
    _ = visit.session
    user = visit.wallet.address.lower()
    parameters = {"USERNAME": user, "PASSWORD": "Aa1!" + "x" * 40, "SRP_A": "1234abcd"}
    for flow in ("USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH"):
        try:
            visit.cognito.user_pool(
                "InitiateAuth",
                AuthFlow=flow,
                AuthParameters=parameters,
                ClientId=visit.client_config.user_pool_client_id,
            )
        except CognitoRefusedError:
            continue
        raise CheckFailedError(f"the app client takes {flow}")


def a_wallet_lists_its_own_nfts(visit: Visit, route: str, listed_in: str) -> None:
    answer = visit.get(route, token=visit.session.id_token)
    expect_status(answer, 200)
    require(isinstance(answer.json().get(listed_in), list), f"the answer has no {listed_in}")


def an_unsigned_lookup_is_refused(visit: Visit) -> None:
    answer = visit.get(COLLECTION, contractAddress=APES)
    expect_status(answer, 403, "MissingAuthenticationTokenException")


def a_tampered_signature_is_refused(visit: Visit) -> None:
    answer = visit.signed_get(COLLECTION, tampered=True, contractAddress=APES)
    expect_status(answer, 403, "InvalidSignatureException")


def an_id_token_opens_no_signed_route(visit: Visit) -> None:
    expect_status(visit.get(COLLECTION, token=visit.session.id_token, contractAddress=APES), 403)


def an_unknown_route_is_refused(visit: Visit) -> None:
    expect_status(visit.get("getSecrets"), 403, "MissingAuthenticationTokenException")


def own_nfts_need_an_id_token(visit: Visit, route: str) -> None:
    session = visit.session
    for wrong in ("", "garbage", session.access_token, session.id_token + "x"):
        expect_status(visit.get(route, token=wrong), 401, "UnauthorizedException")
    expect_status(visit.signed_get(route), 401, "UnauthorizedException")


def only_our_pages_may_read_answers(visit: Visit) -> None:
    own = visit.preflight(COLLECTION, visit.site).headers.get("access-control-allow-origin")
    require(own == visit.site, "the API does not allow the site's own origin: AllowedOrigins")
    other = visit.preflight(COLLECTION, STRANGER).headers.get("access-control-allow-origin")
    require(other not in ("*", STRANGER), "the API allows any origin")


def sign_out_here_ends_this_session(visit: Visit) -> str:
    """RevokeToken ends refreshes and access tokens; of ID tokens AWS's documents say nothing."""
    session = visit.session
    kept = _Kept(session.id_token, session.access_token, session.refresh_token)
    session.sign_out()
    _require_over(visit, kept)
    if _gives_nothing(partial(_identity_of, visit, kept)):
        return "the identity pool refuses the ID token already"
    return "the identity pool takes the ID token until it expires, as AWS leaves open"


def sign_out_everywhere_ends_every_session(visit: Visit) -> None:
    here, elsewhere = (visit.auth.sign_in(visit.wallet) for _ in range(2))
    every = [_Kept(one.id_token, one.access_token, one.refresh_token) for one in (here, elsewhere)]
    here.sign_out(everywhere=True)
    for kept in every:
        _require_over(visit, kept)
        is_refused = _gives_nothing(partial(_identity_of, visit, kept))
        require(is_refused, "the identity pool still gives credentials after the sign-out")


class _Kept(NamedTuple):
    """Tokens of a session, as a thief would keep them."""

    id_token: str
    access_token: str
    refresh_token: str


def _identity_of(visit: Visit, kept: _Kept) -> None:
    config, pool = visit.client_config, visit.cognito
    logins = {config.provider_name: kept.id_token}
    found = pool.identity_pool("GetId", IdentityPoolId=config.identity_pool_id, Logins=logins)
    pool.identity_pool("GetCredentialsForIdentity", IdentityId=found["IdentityId"], Logins=logins)


def _require_over(visit: Visit, kept: _Kept) -> None:
    refresh = partial(visit.auth.restore, kept.refresh_token)
    require(_gives_nothing(refresh), "the refresh token still gives tokens after the sign-out")
    read = partial(visit.cognito.user_pool, "GetUser", AccessToken=kept.access_token)
    require(_gives_nothing(read), "the access token still reads the user after the sign-out")


def _gives_nothing(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (CognitoRefusedError, SessionError):
        return True
    return False


def no_key_was_told(visit: Visit) -> None:
    if not visit.keys:
        raise SkippedError("no provider keys in the parameters file to look for")
    told = [key for key in visit.keys if any(key in text for text in visit.heard)]
    require(not told, f"{len(told)} of the provider keys was in an answer: change it now")


def _require_published(visit: Visit) -> None:
    if not visit.is_published:
        raise SkippedError("there is no CloudFront here")


def _of_route(check: Callable[..., None], *words: str) -> Check:
    bound = partial(check, **dict(zip(("route", "listed_in"), words, strict=False)))
    bound.__name__ = f"{check.__name__} ({words[0]})"  # type: ignore[attr-defined]
    return bound


CHECKS: tuple[Check, ...] = (
    the_site_tells_the_stacks_configuration,
    the_page_carries_its_security_headers,
    the_page_names_the_one_api_it_may_call,
    a_deep_link_is_the_page,
    files_are_cached_as_their_names_allow,
    plain_http_is_sent_to_https,
    the_api_is_up,
    only_our_pages_may_read_answers,
    a_guest_looks_up_a_collection,
    a_throw_away_wallet_signs_in,
    another_wallets_signature_signs_nobody_in,
    no_password_signs_in,
    *(_of_route(a_wallet_lists_its_own_nfts, route, name) for route, name in OWN.items()),
    an_unsigned_lookup_is_refused,
    a_tampered_signature_is_refused,
    an_id_token_opens_no_signed_route,
    an_unknown_route_is_refused,
    *(_of_route(own_nfts_need_an_id_token, route) for route in OWN),
    sign_out_here_ends_this_session,
    sign_out_everywhere_ends_every_session,
    no_key_was_told,
)
