"""The budget of a provider: one number for all instances, in a table that may be away."""

import io
import json
import random
import time
from dataclasses import dataclass, field
from itertools import count

import pytest

from fetch.request import Fetched, FetchRequest
from nft.deployed_budget import DeployedBudgets, admitted, names_admission
from nft.deployed_gallery import gallery_from_environment
from nft.errors import BudgetSpentError
from nft.failover.budget_table import BudgetTable
from nft.failover.circuit_breaker import RequestBudget
from nft.failover.gcra import SECOND, Rate
from nft.failover.shared_budget import REST, SharedLedger
from nft.pictures import Pictures
from runtime.answer import Answer
from runtime.aws_service import DYNAMODB, AwsService
from runtime.deadline import Deadline
from runtime.logging import build_logger
from tests.fixtures.provider_budgets import TABLE, TableInMemory, budget_table
from tests.fixtures.secrets_manager import CREDENTIALS, secrets_endpoint
from tests.unit.nft.gallery_fixtures import Clock, CountedMetrics
from tests.unit.nft.test_handlers import ENVIRONMENT

__all__ = ["secrets_endpoint"]

_loggers = count()
RPS = 5
SPENT, UNKNOWN = ("ProviderBudgetSpent", "alchemy"), ("ProviderBudgetUnknown", "alchemy")


@dataclass
class Account:
    """Instances on one table, all on one clock."""

    table: TableInMemory = field(default_factory=TableInMemory)
    clock: Clock = field(default_factory=Clock)
    metrics: CountedMetrics = field(default_factory=CountedMetrics)
    log: io.StringIO = field(default_factory=io.StringIO)

    def instance(self, per_second: float = RPS) -> RequestBudget:
        ledger = SharedLedger(
            BudgetTable(self.table, TABLE, "alchemy"),
            "alchemy",
            metrics=self.metrics,
            logger=build_logger(f"budgets-{next(_loggers)}", stream=self.log),
        )
        return RequestBudget(ledger, Rate.of(per_second), self.clock)

    def deadline(self, seconds: float = 8.0) -> Deadline:
        return Deadline.after(seconds, self.clock)

    def takes(self, budget: RequestBudget, times: int, *, for_wallet: bool = False) -> int:
        """How many of so many requests may go now."""
        waits = (budget.take(self.deadline(), for_wallet=for_wallet) for _ in range(times))
        return sum(wait == 0 for wait in waits)


@pytest.fixture
def account() -> Account:
    return Account()


def test_a_hundred_instances_and_a_thousand_misses_a_second_make_five_requests_a_second(
    account: Account,
) -> None:
    chance = random.Random(15)  # noqa: S311
    instances = [account.instance() for _ in range(100)]
    seconds, passed = 30, 0
    for _ in range(seconds * 1000):
        passed += chance.choice(instances).take(account.deadline()) == 0
        account.clock.advance(0.001)
    assert RPS * seconds <= passed <= RPS * seconds + RPS
    assert account.table.asked <= seconds * 150  # each is refused once a second, at most


@pytest.mark.parametrize("instances", [1, 3, 10, 100])
def test_a_call_within_the_budget_costs_fewer_than_two_writes(
    account: Account, instances: int
) -> None:
    chance = random.Random(15)  # noqa: S311
    sharing = [account.instance() for _ in range(instances)]
    passed = 0
    for _ in range(300):
        passed += chance.choice(sharing).take(account.deadline()) == 0
        account.clock.advance(chance.expovariate(RPS * 0.8))
    assert 1 <= account.table.asked / passed < 2  # docs/costs.md: 1.5


def test_without_the_table_the_hundred_let_an_eighth_through_each(account: Account) -> None:
    account.table.failing = "InternalServerError"
    instances = [account.instance() for _ in range(100)]
    seconds, passed = 16, 0
    for step in range(seconds * 10):
        passed += sum(one.take(account.deadline()) == 0 for one in instances)
        account.clock.advance(0.1)
        assert step >= 10 or passed <= 100  # one each, to begin with
    assert passed / len(instances) == pytest.approx(RPS / 8 * seconds, rel=0.15)
    assert account.metrics.counted[0] == UNKNOWN
    assert account.table.asked <= 100 * (seconds / (REST / SECOND) + 1)


def test_a_flood_of_guests_leaves_a_wallet_its_place(account: Account) -> None:
    guests, wallets = [account.instance() for _ in range(20)], account.instance()
    asked = answered = 0
    for step in range(30_000):
        guests[step % 20].take(account.deadline())
        if step % 250 == 0:  # four a second, of five that there are
            asked += 1
            answered += account.takes(wallets, 1, for_wallet=True)
        account.clock.advance(0.001)
    assert (asked, answered) == (120, 120)


def test_a_refusal_holds_until_the_time_told_and_no_table_is_asked(account: Account) -> None:
    budget = account.instance()
    assert account.takes(budget, 6) == RPS
    asked = account.table.asked
    account.clock.advance(0.9)
    assert (budget.take(account.deadline()), budget.seconds_left()) == (1, 1)
    assert account.table.asked == asked
    account.clock.advance(0.1)
    assert account.takes(budget, 9) == RPS


def test_what_is_refused_to_guests_is_not_yet_refused_to_wallets(account: Account) -> None:
    budget = account.instance()
    assert account.takes(budget, 9) == RPS
    assert account.takes(budget, 9, for_wallet=True) == 1
    account.clock.advance(0.5)
    assert (budget.seconds_left(), budget.seconds_left(for_wallet=True)) == (1, 1)


def test_a_clock_that_is_set_back_takes_its_refusals_with_it(account: Account) -> None:
    budget = account.instance()
    account.takes(budget, 6)
    account.clock.advance(-3600)
    assert budget.take(account.deadline()) == 0


def test_a_second_request_is_spared_while_half_of_the_burst_is_left(account: Account) -> None:
    budget = account.instance(6)
    spared = []
    for _ in range(6):
        spared.append(budget.can_spare())
        assert budget.take(account.deadline()) == 0
    assert spared == [True, True, True, True, False, False]


def test_instances_of_other_providers_do_not_share(account: Account) -> None:
    assert account.takes(account.instance(), 9) == RPS
    moralis = BudgetTable(account.table, TABLE, "moralis")
    now = int(account.clock() * SECOND)
    assert moralis.take(Rate.of(RPS), now, account.deadline()).wait == 0


def test_spent_and_unknown_budgets_are_counted_and_an_outage_is_logged(account: Account) -> None:
    budget = account.instance()
    account.takes(budget, 6)
    assert account.metrics.counted == [SPENT]
    account.clock.advance(10)
    account.table.failing = "AccessDeniedException"
    assert account.takes(budget, 1) == 1
    assert account.metrics.counted == [SPENT, UNKNOWN]
    assert '"error":"AccessDeniedException"' in account.log.getvalue()


def test_a_table_that_comes_back_is_believed_again_within_its_rest(account: Account) -> None:
    budget, other = account.instance(), account.instance()
    account.table.failing = "TimeoutError"
    account.takes(budget, 9)
    account.table.failing = ""
    account.takes(other, 5)
    account.clock.advance(REST / SECOND - 0.5)
    asked = account.table.asked
    account.takes(budget, 1)
    assert account.table.asked == asked
    account.clock.advance(2)
    assert account.takes(budget, 9) == RPS


def test_a_request_without_time_left_says_nothing_of_the_table(account: Account) -> None:
    budget = account.instance()
    account.table.failing = "TimeoutError"
    assert budget.take(account.deadline(0.2)) == 0
    account.table.failing = ""
    assert account.takes(budget, 9) == RPS
    assert account.log.getvalue() == ""


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_table_that_takes_no_more_has_refused(account: Account, code: str) -> None:
    account.table.failing = code
    budget = account.instance()
    assert budget.take(account.deadline()) == 1
    assert account.metrics.counted == [SPENT]


@pytest.mark.parametrize("due_at", [{"S": "soon"}, {"BOOL": True}])
def test_an_item_that_is_none_of_ours_is_a_table_that_is_away(
    account: Account, due_at: dict[str, str]
) -> None:
    account.table.put({"pk": {"S": "alchemy"}, "due_at": due_at})
    budget = account.instance()
    assert account.takes(budget, 9) == 1
    assert account.metrics.counted[0] == UNKNOWN


def test_an_instance_with_a_fast_clock_stops_the_others_for_no_longer_than_it_is_fast(
    account: Account,
) -> None:
    ahead = Account(table=account.table, clock=Clock(account.clock() + 3))
    account.takes(account.instance(), 5)
    assert ahead.takes(ahead.instance(), 9) == RPS
    budget = account.instance()
    assert account.takes(budget, 1) == 0
    account.clock.advance(4)
    assert account.takes(budget, 1) == 1


def test_a_day_that_a_wrong_clock_wrote_stops_nobody(account: Account) -> None:
    tomorrow = Account(table=account.table, clock=Clock(account.clock() + 86_400))
    tomorrow.takes(tomorrow.instance(), 1)
    assert account.takes(account.instance(), 9) == RPS


def test_another_rate_is_right_a_second_later(account: Account) -> None:
    assert account.takes(account.instance(), 9) == RPS
    account.clock.advance(1)
    assert account.takes(account.instance(100), 200) == 100
    account.clock.advance(1)
    assert account.takes(account.instance(1), 9) == 1


def test_two_instances_as_they_are_deployed_share_a_budget(secrets_endpoint: str) -> None:
    environment = {
        **CREDENTIALS,
        **ENVIRONMENT,
        "BUDGET_TABLE_NAME": TABLE,
        "AWS_ENDPOINT_URL_DYNAMODB": secrets_endpoint,
    }
    with budget_table(secrets_endpoint):
        gone, started = 0, time.monotonic()
        for _ in range(3):
            gallery = gallery_from_environment(environment, build_logger("budgets"))
            budget = gallery.failover.guards["alchemy"].budget
            while budget.take(Deadline.after(60, time.monotonic)) == 0:
                gone += 1
    assert 1 <= gone <= RPS * (1 + time.monotonic() - started)


def test_names_of_owners_have_a_budget_of_their_own(secrets_endpoint: str) -> None:
    environment = {
        **CREDENTIALS,
        **ENVIRONMENT,
        "CHAIN_READ_RPS": "3",
        "AWS_ENDPOINT_URL_DYNAMODB": secrets_endpoint,
    }
    with budget_table(secrets_endpoint):
        refused, started = [], time.monotonic()
        for _ in range(3):
            admit = names_admission(environment, build_logger("budgets"))
            for _ in range(5):
                try:
                    admit(Deadline.after(60, time.monotonic))
                except BudgetSpentError as error:
                    refused.append(error.retry_after)
    assert 15 - len(refused) <= 3 * (1 + time.monotonic() - started)
    assert set(refused) <= {1}


def test_pictures_have_a_budget_of_their_own_and_what_it_refuses_is_no_failure_of_the_host(
    account: Account,
) -> None:
    budgets = DeployedBudgets(
        account.table,  # type: ignore[arg-type]
        TABLE,
        account.metrics,
        build_logger(f"budgets-{next(_loggers)}", stream=account.log),
    )

    def fetch(request: FetchRequest, deadline: Deadline) -> Fetched:
        raise AssertionError(request.url)

    account.table.failing = "ThrottlingException"  # as a spent budget
    pictures = Pictures(admitted(fetch, budgets.admission("pictures", 5)), account.clock)
    nft = {"tokenId": "1", "media": {"image": {"url": "https://a.example/1.png"}}}
    with pytest.raises(BudgetSpentError):
        pictures.put_into_nft(Answer(json.dumps(nft)), "small", account.deadline())


def test_dynamodb_says_the_same_over_a_socket(secrets_endpoint: str, account: Account) -> None:
    """moto's, which is none of ours: each step by another instance than the one before."""
    place = {"AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_DYNAMODB": secrets_endpoint}
    dynamodb = AwsService(DYNAMODB, {**CREDENTIALS, **place})
    over_socket = [BudgetTable(dynamodb, TABLE, "alchemy", answer_seconds=60) for _ in range(3)]
    in_memory = [BudgetTable(account.table, TABLE, "alchemy") for _ in range(3)]
    now, rate, chance = 1_700_000_000 * SECOND, Rate.of(RPS), random.Random(4)  # noqa: S311
    with budget_table(secrets_endpoint):
        for step in range(40):
            deadline = Deadline.after(60, time.monotonic)
            expected = in_memory[step % 3].take(rate, now, account.deadline())
            assert over_socket[step % 3].take(rate, now, deadline) == expected
            now += chance.choice([0, 1, 50_000, 200_000, 3_000_000])
