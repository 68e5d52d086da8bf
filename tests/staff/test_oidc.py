"""What is lost when these fail: whoever can forge, replay or redirect a log-in works as a member of staff."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from cryptography.fernet import Fernet
from joserfc.jwk import RSAKey
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.staff import accounts
from bot.staff.accounts import Account, Refused
from bot.staff.discovery import is_private
from bot.staff.oidc import UNDER_WAY_SECONDS, Departure, Failure, LoginError, Provider, open_provider
from tests.doubles.oidc import CLIENT_ID, CLIENT_SECRET, OidcProvider, rsa_key
from tests.staff.conftest import NOW, Hire

BACK = "http://127.0.0.1:8090/console/oidc/back"
KEY = Fernet.generate_key()


@pytest.fixture(scope="module")
def keys() -> tuple[RSAKey, RSAKey]:
    return rsa_key("k1"), rsa_key("k2")


@pytest.fixture
def double(keys: tuple[RSAKey, RSAKey]) -> Iterator[OidcProvider]:
    with OidcProvider(keys[0], frozenset({BACK}), clock=lambda: NOW) as provider:
        yield provider


@pytest.fixture
def ours(double: OidcProvider) -> Provider:
    return Provider(double.issuer, CLIENT_ID, CLIENT_SECRET, KEY)


def _returned(departure: Departure) -> dict[str, str]:
    """What the provider adds to our address when it sends the browser back."""
    answer = requests.get(departure.url, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    where = answer.headers["location"]
    assert where.startswith(f"{BACK}?")
    return dict(parse_qsl(urlsplit(where).query))


def _why(provider: Provider, sealed: str, query: dict[str, str], now: float = NOW) -> Failure:
    with pytest.raises(LoginError) as refused:
        provider.arrive(sealed, query, now)
    return refused.value.why


def test_a_person_comes_back_under_the_name_the_provider_gives_them(
    double: OidcProvider, ours: Provider
) -> None:
    for _ in range(2):
        departure = ours.depart(BACK, NOW)
        assert ours.arrive(departure.sealed, _returned(departure), NOW) == f"{double.issuer}#4711"
    assert double.calls.count("discovery") == 1 and double.calls.count("keys") == 1


def test_the_address_carries_a_challenge_and_nothing_secret(ours: Provider) -> None:
    first, second = ours.depart(BACK, NOW), ours.depart(BACK, NOW)
    query = dict(parse_qsl(urlsplit(first.url).query))
    assert query["code_challenge_method"] == "S256" and query["scope"] == "openid"
    kept = json.loads(Fernet(KEY).decrypt(first.sealed.encode()))
    verifier = kept[4]
    assert verifier not in first.url and CLIENT_SECRET not in first.url and query["state"] not in first.sealed
    again = dict(parse_qsl(urlsplit(second.url).query))
    assert all(query[name] != again[name] for name in ("state", "nonce", "code_challenge"))


def test_only_an_account_that_is_bound_lets_a_person_in(
    double: OidcProvider, ours: Provider, engine: Engine, hire: Hire
) -> None:
    departure = ours.depart(BACK, NOW)
    subject = ours.arrive(departure.sealed, _returned(departure), NOW)
    made = hire()
    with engine.begin() as connection:
        assert accounts.enter_as_subject(connection, subject, NOW) is Refused.UNKNOWN
        accounts.bind_subject(connection, made.id, subject)
        entered = accounts.enter_as_subject(connection, subject, NOW)
    assert isinstance(entered, Account) and entered.id == made.id


def test_a_log_in_comes_back_once_and_to_the_browser_that_began_it(ours: Provider) -> None:
    mine, theirs = ours.depart(BACK, NOW), ours.depart(BACK, NOW)
    query = _returned(mine)
    assert _why(ours, theirs.sealed, query) is Failure.STATE, "planted in another browser"
    assert _why(ours, "", query) is Failure.STATE
    assert _why(ours, mine.sealed, {**query, "state": ""}) is Failure.STATE
    assert _why(ours, Fernet(Fernet.generate_key()).encrypt(b"{}").decode(), query) is Failure.STATE
    assert _why(ours, Fernet(KEY).encrypt(b"7:JBSWY3DPEHPK3PXP").decode(), query) is Failure.STATE
    ours.arrive(mine.sealed, query, NOW)
    assert _why(ours, mine.sealed, query) is Failure.STATE, "replayed"
    assert _why(ours, mine.sealed, query, NOW + UNDER_WAY_SECONDS) is Failure.STATE


def test_a_log_in_that_took_too_long_is_begun_anew(ours: Provider) -> None:
    departure = ours.depart(BACK, NOW)
    query = _returned(departure)
    assert _why(ours, departure.sealed, query, NOW + UNDER_WAY_SECONDS + 1) is Failure.EXPIRED


def test_a_code_of_somebody_elses_log_in_opens_nothing(ours: Provider) -> None:
    """Its challenge is not that of our verifier."""
    stolen, mine = _returned(ours.depart(BACK, NOW)), ours.depart(BACK, NOW)
    query = {**_returned(mine), "code": stolen["code"]}
    assert _why(ours, mine.sealed, query) is Failure.DENIED


def test_who_cancels_or_was_refused_is_told_so(double: OidcProvider, ours: Provider) -> None:
    double.present = None
    departure = ours.depart(BACK, NOW)
    assert _why(ours, departure.sealed, _returned(departure)) is Failure.DENIED
    wrong = Provider(double.issuer, CLIENT_ID, "khac", KEY)
    double.present = "4711"
    departure = wrong.depart(BACK, NOW)
    assert _why(wrong, departure.sealed, _returned(departure)) is Failure.DENIED


def test_an_answer_of_another_provider_is_not_taken(ours: Provider) -> None:
    departure = ours.depart(BACK, NOW)
    query = {**_returned(departure), "iss": "https://other.example.vn"}
    assert _why(ours, departure.sealed, query) is Failure.STATE


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "khác"},
        {"nonce": None},
        {"aud": "ứng dụng khác"},
        {"aud": "ứng dụng khác", "azp": CLIENT_ID},
        {"aud": None},
        {"aud": [CLIENT_ID, "ứng dụng khác"]},
        {"azp": "ứng dụng khác"},
        {"iss": "https://other.example.vn"},
        {"iss": None},
        {"exp": int(NOW) - 3600},
        {"exp": None},
        {"iat": int(NOW) + 3600},
        {"iat": None},
        {"nbf": int(NOW) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": 4711},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_log_in_here_and_now_is_refused(
    double: OidcProvider, ours: Provider, claims: dict[str, Any]
) -> None:
    double.claims = claims
    departure = ours.depart(BACK, NOW)
    assert _why(ours, departure.sealed, _returned(departure)) is Failure.TOKEN


def _other_key(double: OidcProvider, other: RSAKey) -> None:
    double.signing = other


def _same_name(double: OidcProvider, other: RSAKey) -> None:
    double.signing, double.header = other, {"kid": "k1"}


def _unsigned(double: OidcProvider, other: RSAKey) -> None:
    double.algorithm = "none"


def _unsigned_as_announced(double: OidcProvider, other: RSAKey) -> None:
    double.algorithm = "none"
    double.described = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}


def _other_algorithm(double: OidcProvider, other: RSAKey) -> None:
    double.algorithm = "RS512"


@pytest.mark.parametrize(
    "forge", [_other_key, _same_name, _unsigned, _unsigned_as_announced, _other_algorithm]
)
def test_a_token_the_provider_did_not_sign_is_refused(
    double: OidcProvider,
    ours: Provider,
    keys: tuple[RSAKey, RSAKey],
    forge: Callable[[OidcProvider, RSAKey], None],
) -> None:
    forge(double, keys[1])
    departure = ours.depart(BACK, NOW)
    assert _why(ours, departure.sealed, _returned(departure)) is Failure.TOKEN


def test_the_public_key_is_no_shared_secret(double: OidcProvider, ours: Provider) -> None:
    """A token signed with HMAC and the published key as its secret, as if it were one."""
    double.described = {"id_token_signing_alg_values_supported": ["HS256", "RS256"]}
    public = double.signing.as_pem(private=False)
    claims = {"iss": double.issuer, "sub": "1", "aud": CLIENT_ID, "iat": int(NOW), "exp": int(NOW) + 60}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"alg": "HS256", "kid": "k1"}, claims)
    ]
    signed = hmac.new(public, ".".join(parts).encode(), hashlib.sha256).digest()
    forged = ".".join([*parts, base64.urlsafe_b64encode(signed).decode().rstrip("=")])
    with pytest.raises(LoginError) as refused:
        ours._subject({"id_token": forged}, "", NOW)
    assert refused.value.why is Failure.TOKEN


def test_new_keys_of_the_provider_are_fetched(
    double: OidcProvider, ours: Provider, keys: tuple[RSAKey, RSAKey]
) -> None:
    """Else all staff are shut out on the day it changes them."""
    departure = ours.depart(BACK, NOW)
    ours.arrive(departure.sealed, _returned(departure), NOW)
    double.signing, double.published = keys[1], [keys[1]]
    departure = ours.depart(BACK, NOW)
    assert ours.arrive(departure.sealed, _returned(departure), NOW).endswith("#4711")
    assert double.calls.count("keys") == 2


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://other.example.vn"},
        {"issuer": None},
        {"token_endpoint": "http://sso.example.vn/token"},
        {"jwks_uri": None},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
    ],
    ids=str,
)
def test_a_provider_that_is_not_to_be_believed_gets_nobody(
    double: OidcProvider, ours: Provider, described: dict[str, Any]
) -> None:
    double.described = described
    with pytest.raises(LoginError) as refused:
        ours.depart(BACK, NOW)
    assert refused.value.why is Failure.PROVIDER


def test_a_provider_that_is_away_is_told_as_such(double: OidcProvider, ours: Provider) -> None:
    departure = ours.depart(BACK, NOW)
    query = _returned(departure)
    double.__exit__()
    assert _why(ours, departure.sealed, query) is Failure.PROVIDER
    with pytest.raises(LoginError):
        Provider(double.issuer, CLIENT_ID, CLIENT_SECRET, KEY).depart(BACK, NOW)


def test_nothing_goes_over_open_lines() -> None:
    assert is_private("https://sso.example.gov.vn/x") and is_private("http://127.0.0.1:1")
    for url in (
        "http://sso.example.gov.vn",
        "ftp://127.0.0.1",
        "https://",
        "",
        "http://127.0.0.1.example.vn",
    ):
        assert not is_private(url)
    with pytest.raises(ValueError, match="BOT_OIDC_ISSUER"):
        Provider("http://sso.example.gov.vn", CLIENT_ID, CLIENT_SECRET, KEY)


def test_an_installation_without_a_provider_has_none_and_half_a_one_is_named(tmp_path: Path) -> None:
    assert open_provider(Settings(var_dir=tmp_path)) is None
    issuer = "https://sso.example.gov.vn"
    with pytest.raises(ValueError, match="BOT_OIDC_CLIENT_SECRET"):
        open_provider(Settings(var_dir=tmp_path, oidc_issuer=issuer, oidc_client_id=CLIENT_ID))
    whole = Settings(
        var_dir=tmp_path, oidc_issuer=issuer, oidc_client_id=CLIENT_ID, oidc_client_secret=CLIENT_SECRET
    )
    assert open_provider(whole) is not None
