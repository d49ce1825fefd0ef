"""What a deployment sets."""

from typing import Any

import pytest

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying.plan import is_asked, new_key, plan, require_key_to_replace
from arxiv_daily_cli.deploying.wishes import Wishes
from tests.unit.cli.deploying.test_parameters import PARAMETERS

DEFAULTS = {name: one.default for name, one in PARAMETERS.items()}
YES = Wishes(yes=True)


class FakeKey:
    """An SSM parameter that is there or not."""

    name = "/arxiv-daily/anthropic-api-key"

    def __init__(self, *, there: bool) -> None:
        self.there = there

    def is_there(self) -> bool:
        return self.there


def stored(*, there: bool) -> Any:
    return FakeKey(there=there)


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)


class TestAnUpdate:
    def test_tells_cloudformation_nothing_that_does_not_change(self) -> None:
        had = DEFAULTS | {"DailyBudget": "7"}
        assert plan("arxiv-daily", PARAMETERS, had, {}, YES).overrides == {}

    def test_changes_what_was_named_alone(self) -> None:
        had = DEFAULTS | {"DailyBudget": "7"}
        decided = plan("arxiv-daily", PARAMETERS, had, {}, Wishes({"Model": "claude-x"}, yes=True))
        assert decided.overrides == {"Model": "claude-x"}
        assert decided.values["DailyBudget"] == "7"

    def test_forgets_a_parameter_that_the_template_no_longer_has(self) -> None:
        assert "Gone" not in plan("arxiv-daily", PARAMETERS, DEFAULTS | {"Gone": "1"}, {}, YES).values

    def test_asks_nothing_unless_it_shall_be_guided(self) -> None:
        assert not is_asked(DEFAULTS, Wishes())
        assert is_asked(DEFAULTS, Wishes(guided=True))


class TestANewStack:
    def test_is_asked_about_unless_every_proposal_is_taken(self) -> None:
        assert is_asked({}, Wishes())
        assert not is_asked({}, YES)

    def test_of_the_usual_name_takes_the_template_s_values(self) -> None:
        assert plan("arxiv-daily", PARAMETERS, {}, {}, YES).overrides == {}

    def test_of_another_name_has_a_key_of_its_own(self) -> None:
        overrides = plan("vision", PARAMETERS, {}, {}, YES).overrides
        assert overrides == {"AnthropicApiKeyParameter": "/vision/anthropic-api-key"}

    def test_shares_a_key_that_was_named(self) -> None:
        wishes = Wishes({"AnthropicApiKeyParameter": "/shared/key"}, yes=True)
        assert plan("vision", PARAMETERS, {}, {}, wishes).values["AnthropicApiKeyParameter"] == "/shared/key"

    def test_that_comes_back_gets_the_values_that_it_had(self) -> None:
        had = DEFAULTS | {"DailyBudget": "7"}
        assert plan("arxiv-daily", PARAMETERS, {}, had, YES).overrides == {"DailyBudget": "7"}


class TestTheKey:
    @pytest.mark.parametrize(
        ("platform", "secret", "needed"),
        [("anthropic", "", True), ("aws", "", False), ("bedrock", "", False), ("anthropic", "arn:aws:…", False)],
    )
    def test_is_needed_for_the_one_way_to_claude_that_has_no_other(
        self, platform: str, secret: str, *, needed: bool
    ) -> None:
        had = DEFAULTS | {"ClaudePlatform": platform, "AnthropicApiKeySecretArn": secret}
        assert plan("arxiv-daily", PARAMETERS, had, {}, YES).needs_key is needed

    def test_that_is_there_stays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-new")
        assert new_key(stored(there=True), YES) is None

    def test_is_replaced_when_that_is_wished(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-new")
        assert new_key(stored(there=True), Wishes(yes=True, replace_key=True)) == "sk-ant-new"

    @pytest.mark.parametrize(
        ("platform", "said"),
        [
            ("anthropic", "the key is read from the secret arn:aws:one, .+: put the new key there"),
            ("bedrock", "there is no key to replace: Claude is reached by the functions' roles"),
        ],
    )
    def test_that_is_kept_elsewhere_is_not_replaced_in_silence(self, platform: str, said: str) -> None:
        had = DEFAULTS | {"ClaudePlatform": platform, "AnthropicApiKeySecretArn": "arn:aws:one"}
        wishes = Wishes(yes=True, replace_key=True)
        with pytest.raises(StackUnusable, match=said):
            require_key_to_replace(plan("arxiv-daily", PARAMETERS, had, {}, wishes), wishes)

    def test_in_the_parameter_store_may_be_replaced(self) -> None:
        wishes = Wishes(yes=True, replace_key=True)
        require_key_to_replace(plan("arxiv-daily", PARAMETERS, DEFAULTS, {}, wishes), wishes)

    @pytest.mark.usefixtures("no_key")
    def test_that_is_nowhere_is_said_before_anything_is_built(self) -> None:
        with pytest.raises(StackUnusable, match="no Anthropic API key in /arxiv-daily/anthropic-api-key"):
            new_key(stored(there=False), YES)

    def test_that_was_copied_badly_is_refused_without_being_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant broken")
        with pytest.raises(StackUnusable, match="ANTHROPIC_API_KEY cannot be used: a key has no spaces") as refusal:
            new_key(stored(there=False), YES)
        assert "broken" not in str(refusal.value)

    def test_of_another_kind_is_stored_with_a_word_of_doubt(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "gateway-token")
        assert new_key(stored(there=False), YES) == "gateway-token"
        assert "no usual key of Anthropic" in capsys.readouterr().err
