"""What is asked of every target, so that answers can be compared: refusals word for word.

Each question has a name; its answer goes into the target's snapshot. No question floods or waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx
from botocore.credentials import Credentials
from eth_account import Account

from tests.black_box.routes import OPEN, OWN, ROUTES, SIGNED, Route
from tests.black_box.visitor import Visitor, new_key
from tests.e2e.client import PASSWORD, sign_text
from tests.e2e.conftest import HOLDS_3

type Answers = Iterator[tuple[str, httpx.Response]]
FAULTS = ("fault-400", "fault-401", "fault-404", "fault-429", "fault-500")
STRANGER = "https://stranger.example"


@dataclass
class Interview:
    """`secrets` fills with what the target handed out -> what to call it."""

    client: Visitor
    tokens: dict[str, str]
    guest: Credentials
    secrets: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.know(self.tokens)
        for name in ("access_key", "secret_key", "token"):
            self.secrets[getattr(self.guest, name)] = name
        for name, value in self.client.config.items():
            if name.endswith(("Id", "Endpoint")):
                self.secrets[str(value)] = name
        self.secrets |= {self.client.site: "site", PASSWORD: "password"}

    def know(self, tokens: dict[str, str]) -> None:
        self.secrets |= {value: name for name, value in tokens.items() if name.endswith("Token")}

    def answers(self) -> Answers:
        for route in ROUTES:
            yield from self._of_route(route)
        yield from self._of_api_gateway()
        yield from self._of_providers()
        yield from self._of_sign_in()

    def _of_route(self, route: Route) -> Answers:
        name, path, query = f"GET {route.path}", route.example, route.parameters
        client, token = self.client, self.tokens["IdToken"]
        if route in OPEN:
            yield name, client.get(path)
        if route in OWN:
            yield name, client.get(path, token=token, params=query)
            yield f"{name} without a token", client.get(path)
            access = self.tokens["AccessToken"]
            yield f"{name} with an access token", client.get(path, token=access)
            yield f"{name} with a signature", client.signed_get(path, self.guest, query)
        if route in SIGNED:
            yield name, client.signed_get(path, self.guest, query)
            yield f"{name} without a signature", client.get(path, params=query)
            yield f"{name} with an ID token", client.get(path, token=token, params=query)
            other = Credentials(self.guest.access_key, "x" * 40, self.guest.token)
            yield f"{name} with another secret", client.signed_get(path, other, query)
        for whose, origin in (("its page", client.site), ("a stranger", STRANGER)):
            yield f"OPTIONS {route.path} for {whose}", client.preflight(path, origin)

    def _of_api_gateway(self) -> Answers:
        client, token = self.client, self.tokens["IdToken"]
        yield "GET what is no route", client.get("getSecrets")
        yield "POST what has GET only", httpx.post(f"{client.config['apiEndpoint']}/chains")
        signed = client.signed_get("getNFTsCollectionAlchemy", self.guest, {})
        yield "GET without a parameter that is needed", signed
        plain = {"Content-Type": "text/plain"}
        yield "GET with a body's type", client.get("getNFTsAlchemy", token=token, headers=plain)
        nobody = Credentials("ASIAAAAAAAAAAAAAAAAA", self.guest.secret_key, self.guest.token)
        yield "GET signed by nobody", client.signed_get("names/a.eth", nobody, {})
        etag = client.get("chains").headers.get("etag", '"none"')
        yield "GET what is known already", client.get("chains", headers={"If-None-Match": etag})
        wrong = client.get("gate/4/0x1", token=token)
        yield "GET with values that are wrong", wrong

    def _of_providers(self) -> Answers:
        token = self.tokens["IdToken"]
        for route, cursor in (("getNFTsAlchemy", "pageKey"), ("getNFTsMoralisLambda", "cursor")):
            for fault in FAULTS:
                answer = self.client.get(route, token=token, params={cursor: fault})
                yield f"GET /{route} at {fault}", answer

    def _of_sign_in(self) -> Answers:
        client, key = self.client, new_key()
        user, app = Account.from_key(key).address.lower(), client.config["userPoolClientId"]
        sign_up = {"ClientId": app, "Username": user, "Password": PASSWORD}
        ask = client.ask_user_pool
        yield "SignUp", ask("SignUp", **sign_up)
        client.made[user] = key
        yield "SignUp again", ask("SignUp", **sign_up)
        yield "SignUp of no address", ask("SignUp", **{**sign_up, "Username": "alice"})
        yield from self._of_challenges(key, user, app)
        session = client.sign_in(key)
        self.know(session)
        yield from self._of_session(session, app)
        yield from self._of_signed_out(session, app)

    def _of_challenges(self, key: str, user: str, app: str) -> Answers:
        ask = self.client.ask_user_pool
        start = {"AuthFlow": "CUSTOM_AUTH", "ClientId": app}
        begun = ask("InitiateAuth", **start, AuthParameters={"USERNAME": user})
        yield "InitiateAuth", begun
        for name, wrong in (("nobody", "0x" + "9" * 40), ("no address", "alice")):
            answer = ask("InitiateAuth", **start, AuthParameters={"USERNAME": wrong})
            yield f"InitiateAuth of {name}", answer
        for flow in ("USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH"):
            given = {"USERNAME": user, "PASSWORD": PASSWORD, "SRP_A": "1234abcd"}
            answer = ask("InitiateAuth", AuthFlow=flow, ClientId=app, AuthParameters=given)
            yield f"InitiateAuth by {flow}", answer
        challenge = begun.json()
        right = sign_text(key, challenge["ChallengeParameters"]["message"])
        wrong = sign_text(HOLDS_3, challenge["ChallengeParameters"]["message"])
        reply = {"ChallengeName": "CUSTOM_CHALLENGE", "ClientId": app}

        def answered(text: str, session: str) -> httpx.Response:
            responses = {"USERNAME": user, "ANSWER": text}
            return ask(
                "RespondToAuthChallenge", **reply, Session=session, ChallengeResponses=responses
            )

        again = answered(wrong, challenge["Session"])
        yield "RespondToAuthChallenge wrongly", again
        yield "RespondToAuthChallenge by a used session", answered(right, challenge["Session"])
        fresh = ask("InitiateAuth", **start, AuthParameters={"USERNAME": user}).json()
        signature = sign_text(key, fresh["ChallengeParameters"]["message"])
        done = answered(signature, fresh["Session"])
        self.know(done.json().get("AuthenticationResult", {}))
        yield "RespondToAuthChallenge rightly", done

    def _of_session(self, session: dict[str, str], app: str) -> Answers:
        ask, client = self.client.ask_user_pool, self.client
        yield "GetUser", ask("GetUser", AccessToken=session["AccessToken"])
        yield "GetUser with an ID token", ask("GetUser", AccessToken=session["IdToken"])
        refreshed = ask(
            "GetTokensFromRefreshToken", ClientId=app, RefreshToken=session["RefreshToken"]
        )
        self.know(refreshed.json().get("AuthenticationResult", {}))
        yield "GetTokensFromRefreshToken", refreshed
        garbage = ask("GetTokensFromRefreshToken", ClientId=app, RefreshToken="garbage")
        yield "GetTokensFromRefreshToken with garbage", garbage
        pool = client.config["identityPoolId"]
        logins = {client.issuer: session["IdToken"]}
        identity = client.ask_identity_pool("GetId", IdentityPoolId=pool, Logins=logins)
        yield "GetId", identity
        named = identity.json().get("IdentityId", "")
        given = {"IdentityId": named, "Logins": logins}
        yield (
            "GetCredentialsForIdentity",
            client.ask_identity_pool("GetCredentialsForIdentity", **given),
        )
        yield (
            "GetCredentialsForIdentity of a wallet as a guest",
            client.ask_identity_pool("GetCredentialsForIdentity", IdentityId=named),
        )
        forged = {client.issuer: session["IdToken"] + "x"}
        yield (
            "GetId with a forged token",
            client.ask_identity_pool("GetId", IdentityPoolId=pool, Logins=forged),
        )

    def _of_signed_out(self, session: dict[str, str], app: str) -> Answers:
        ask: Callable[..., httpx.Response] = self.client.ask_user_pool
        access, refresh = session["AccessToken"], session["RefreshToken"]
        yield "RevokeToken", ask("RevokeToken", ClientId=app, Token=refresh)
        yield "GetUser after RevokeToken", ask("GetUser", AccessToken=access)
        answer = ask("GetTokensFromRefreshToken", ClientId=app, RefreshToken=refresh)
        yield "GetTokensFromRefreshToken after RevokeToken", answer
        yield "GlobalSignOut after RevokeToken", ask("GlobalSignOut", AccessToken=access)
        yield "RevokeToken of garbage", ask("RevokeToken", ClientId=app, Token="garbage")
