"""A session of the Python client: refreshed in time, ended for good, silent about its tokens."""

from __future__ import annotations

import pytest

from nft_gallery_client import Session, SessionError, UnreachableError, WalletAuthError
from nft_gallery_client.http import Answer, Request
from tests.clients.python.fakes import ADDRESS, FakeGallery, Wallet, refusal, reply

EMPTY = reply(200, {"items": [], "nextCursor": None})


@pytest.fixture
def gallery() -> FakeGallery:
    return FakeGallery(replies={"/me/nfts": [EMPTY]})


@pytest.fixture
def session(gallery: FakeGallery) -> Session:
    return gallery.auth().sign_in(Wallet().account)


def bearer(gallery: FakeGallery) -> str:
    return gallery.sent("/me/nfts")[-1].headers["Authorization"].removeprefix("Bearer ")


def test_a_token_with_less_than_a_minute_is_refreshed_before_it_is_sent(
    gallery: FakeGallery, session: Session
) -> None:
    first = session.id_token
    gallery.time += 840
    list(session.gallery.my_nfts(1))
    assert bearer(gallery) == first
    gallery.time += 1
    list(session.gallery.my_nfts(1))
    assert bearer(gallery) == session.id_token != first


def test_each_refresh_uses_the_refresh_token_of_the_one_before(
    gallery: FakeGallery, session: Session
) -> None:
    session.refresh()
    session.refresh()
    sent = [request.body for request in gallery.sent("GetTokensFromRefreshToken")]
    assert b"secret-refresh-1" in sent[0]
    assert b"secret-refresh-2" in sent[1]


def test_without_rotation_the_refresh_token_goes_on(gallery: FakeGallery, session: Session) -> None:
    tokens = {k: v for k, v in gallery.tokens().items() if k != "RefreshToken"}
    gallery.replies["GetTokensFromRefreshToken"] = [reply(200, {"AuthenticationResult": tokens})]
    session.refresh()
    assert session.refresh_token == "secret-refresh-1"


@pytest.mark.parametrize("error", ["NotAuthorizedException", "RefreshTokenReuseException"])
def test_a_refused_refresh_ends_the_session(
    gallery: FakeGallery, session: Session, error: str
) -> None:
    gallery.replies["GetTokensFromRefreshToken"] = [refusal(error, "Refresh Token is over")]
    with pytest.raises(SessionError, match="session_ended"):
        session.refresh()
    assert session.is_over
    with pytest.raises(SessionError, match="session_ended"):
        list(session.gallery.my_nfts(1))


def test_a_refresh_that_no_answer_came_to_leaves_the_session(
    gallery: FakeGallery, session: Session
) -> None:
    def nothing(_: Request) -> Answer:
        raise UnreachableError

    gallery.replies["GetTokensFromRefreshToken"] = [nothing]
    with pytest.raises(UnreachableError):
        session.refresh()
    assert not session.is_over


def test_a_refresh_never_makes_another_wallet_of_the_session(
    gallery: FakeGallery, session: Session
) -> None:
    other = "0x" + "11" * 20
    tokens = gallery.tokens(**{"wallet": other, "cognito:username": other})
    gallery.replies["GetTokensFromRefreshToken"] = [reply(200, {"AuthenticationResult": tokens})]
    with pytest.raises(SessionError):
        session.refresh()
    assert (session.is_over, session.wallet) == (True, ADDRESS)


def test_a_token_that_the_api_refuses_is_refreshed_once(
    gallery: FakeGallery, session: Session
) -> None:
    unauthorized = reply(401, {"message": "Unauthorized"})
    gallery.replies["/me/nfts"] = [unauthorized, EMPTY]
    assert list(session.gallery.my_nfts(1)) == []
    gallery.replies["/me/nfts"] = [unauthorized]
    with pytest.raises(WalletAuthError, match="unauthorized"):
        list(session.gallery.my_nfts(1))
    assert len(gallery.sent("GetTokensFromRefreshToken")) == 2


@pytest.mark.parametrize(
    ("everywhere", "operation", "token"),
    [(False, "RevokeToken", b"secret-refresh-1"), (True, "GlobalSignOut", b"secret-access-1")],
)
def test_after_a_sign_out_nothing_of_the_session_is_left(
    gallery: FakeGallery, session: Session, everywhere: bool, operation: str, token: bytes
) -> None:
    session.credentials()
    session.sign_out(everywhere=everywhere)
    assert token in gallery.sent(operation)[0].body
    assert session.is_over
    for attempt in (session.credentials, session.refresh, session.sign_out):
        with pytest.raises(SessionError, match="session_ended"):
            attempt()


def test_a_sign_out_of_what_is_over_is_done(gallery: FakeGallery, session: Session) -> None:
    gallery.replies["GlobalSignOut"] = [refusal("NotAuthorizedException", "revoked")]
    session.sign_out(everywhere=True)
    assert session.is_over


def test_a_sign_out_that_no_answer_came_to_may_be_tried_again(
    gallery: FakeGallery, session: Session
) -> None:
    def nothing(_: Request) -> Answer:
        raise UnreachableError

    gallery.replies["RevokeToken"] = [nothing, reply(200, {})]
    with pytest.raises(UnreachableError):
        session.sign_out()
    assert not session.is_over
    session.sign_out()
    assert session.is_over


def test_a_kept_refresh_token_restores_the_session(gallery: FakeGallery) -> None:
    assert gallery.auth().restore("secret-refresh-9").wallet == ADDRESS
    gallery.replies["GetTokensFromRefreshToken"] = [refusal("NotAuthorizedException")]
    with pytest.raises(SessionError, match="session_ended"):
        gallery.auth().restore("secret-refresh-9")


def test_credentials_are_kept_until_five_minutes_before_their_end(
    gallery: FakeGallery, session: Session
) -> None:
    first = session.credentials()
    gallery.time += 3300
    assert session.credentials() == first
    gallery.time += 1
    assert session.credentials() != first
    assert len(gallery.sent("GetId")) == 1
    assert first.identity_id == "eu-west-1:identity"


def test_credentials_of_a_wallet_are_asked_for_with_its_token_and_a_guests_without(
    gallery: FakeGallery, session: Session
) -> None:
    session.credentials()
    assert session.id_token.encode() in gallery.sent("GetCredentialsForIdentity")[-1].body
    gallery.auth().guest().credentials()
    assert b"Logins" not in gallery.sent("GetCredentialsForIdentity")[-1].body


def test_an_identity_pool_that_refuses_the_wallet_ends_nothing_by_a_guests_credentials(
    gallery: FakeGallery, session: Session
) -> None:
    gallery.replies["GetId"] = [refusal("NotAuthorizedException", "Token has been revoked.")]
    with pytest.raises(SessionError, match="session_ended"):
        session.credentials()
    assert all(b"Logins" in request.body for request in gallery.sent("GetId"))


def test_an_identity_that_was_deleted_is_asked_for_anew(
    gallery: FakeGallery, session: Session
) -> None:
    session.credentials()
    gallery.time += 3600
    gallery.replies["GetCredentialsForIdentity"] = [refusal("ResourceNotFoundException")]
    with pytest.raises(WalletAuthError):
        session.credentials()
    del gallery.replies["GetCredentialsForIdentity"]
    assert session.credentials().expires_at == gallery.time + 3600
    assert len(gallery.sent("GetId")) == 2


def test_boto3_renews_credentials_by_itself(gallery: FakeGallery, session: Session) -> None:
    given = session.boto3().get_credentials()
    assert given
    first = given.get_frozen_credentials().access_key
    assert given.get_frozen_credentials().access_key == first
    gallery.time += 3000
    assert given.get_frozen_credentials().access_key != first
    assert session.boto3().region_name == "eu-west-1"


def test_a_boto3_session_ends_with_the_session(gallery: FakeGallery, session: Session) -> None:
    given = session.boto3().get_credentials()
    assert given
    given.get_frozen_credentials()
    session.sign_out()
    gallery.time += 3601
    with pytest.raises(SessionError, match="session_ended"):
        given.get_frozen_credentials()


def test_nothing_that_is_printed_has_a_secret(gallery: FakeGallery, session: Session) -> None:
    auth, guest = gallery.auth(), gallery.auth().guest()
    shown = [auth, guest, session, session.credentials(), session._tokens, session._connection]
    shown += [session.requests_auth(), session.gallery, *gallery.requests]
    shown += [gallery.initiateauth({}), session.boto3()]
    texts = "".join(f"{thing!r}{thing!s}" for thing in shown)
    secrets = ("secret", "eyJ", session.id_token)
    assert [secret for secret in secrets if secret in texts] == []
    assert repr(session) == f"Session({ADDRESS}, signed in)"
