import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Self

import boto3
import pytest
from botocore.exceptions import ClientError
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner, Result

from arxiv_daily.editions.window import window_of
from arxiv_daily.sources.calendar import holidays_known_until
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily_cli.deployed.doctor import account, arxiv, command, deployment, secret
from arxiv_daily_cli.deployed.doctor.finding import Finding, Mark, checked, ok
from arxiv_daily_cli.deployed.stack import NoStack
from arxiv_daily_cli.local.services import SAMPLE
from arxiv_daily_cli.main import app
from arxiv_daily_cli.standins.process import stand_in
from tests.integration.deployed import StackHere, a_stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@pytest.fixture
def stack(table: "Table") -> StackHere:
    return a_stack(table.name)


def keep_key(kind: Any = "SecureString") -> None:
    boto3.client("ssm").put_parameter(Name="/arxiv-daily/anthropic-api-key", Value="a-key", Type=kind)


@pytest.fixture(scope="module")
def claude() -> Iterator[str]:
    with stand_in("claude", SAMPLE) as url:
        yield url


@pytest.fixture(scope="module")
def sample_arxiv() -> Iterator[str]:
    with stand_in("arxiv", SAMPLE) as url:
        yield url


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["doctor", *arguments])


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "AnOperation")


def test_a_check_that_aws_refuses_is_unknown_and_never_ok() -> None:
    def denied() -> Finding:
        raise refused("AccessDenied")

    found = checked("quotas", denied)
    assert (found.check, found.mark) == ("quotas", Mark.UNKNOWN)
    assert "lack the permission AnOperation" in found.said


@pytest.mark.usefixtures("aws")
def test_without_a_stack_the_rest_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> StackHere:
        raise NoStack(f"there is no stack {name} here")

    monkeypatch.setattr(command, "find", missing)
    result = run("--stack-name", "another")
    assert result.exit_code == 3
    assert "✗ stack" in result.stdout
    assert "there is no stack another here" in result.stdout
    assert "needs the stack: status, outputs, drift" in " ".join(result.stdout.split())
    marks = {one["check"]: one["mark"] for one in json.loads(run("--json").stdout)}
    assert (marks["credentials"], marks["stack"], marks["quotas"]) == ("ok", "wrong", "unknown")


def test_every_check_that_is_well_makes_exit_code_0(stack: StackHere, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find", lambda name: stack)
    monkeypatch.setattr(command, "_OF_STACK", {"status": deployment.status, "quotas": lambda _: ok("enough")})
    result = run()
    assert result.exit_code == 0
    assert "✓ quotas" in result.stdout


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize(
    ("seconds", "mark", "said"),
    [(0, Mark.OK, "agrees"), (90, Mark.NOTE, "ahead of AWS's"), (-900, Mark.WRONG, "behind AWS's")],
)
def test_the_clock_is_compared_with_awss(seconds: int, mark: Mark, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Off(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr(account, "datetime", Off)
    found = account.clock()
    assert (found.mark, said in found.said) == (mark, True)


@pytest.mark.parametrize(("days", "mark"), [(31, Mark.OK), (30, Mark.NOTE), (-400, Mark.NOTE)])
def test_that_the_list_of_holidays_ends_is_noted_a_month_before_and_ever_after(
    days: int, mark: Mark, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(holidays_known_until() - timedelta(days=days), monkeypatch)
    found = account.holidays()
    assert (found.mark, str(holidays_known_until()) in found.said) == (mark, True)


def test_whose_list_of_holidays_ends_is_told_what_to_do_and_that_nothing_is_lost(
    stack: StackHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(holidays_known_until(), monkeypatch)
    monkeypatch.setattr(command, "find", lambda name: stack)
    monkeypatch.setattr(command, "_AROUND", {"holidays": command._AROUND["holidays"]})
    monkeypatch.setattr(command, "_OF_STACK", {})
    result = run()
    said = " ".join(result.stdout.split())
    assert (result.exit_code, "i holidays arXiv's are listed until" in said) == (0, True), said
    assert f"update to a release that lists {holidays_known_until().year + 1} (git pull && make deploy)" in said
    assert "nothing is lost meanwhile" in said


def set_today(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(window_of(day).end.timestamp(), tz)

    monkeypatch.setattr(account, "datetime", Then)


def test_outputs_that_are_missing_are_named(stack: StackHere) -> None:
    assert "PapersQueueUrl" in deployment.outputs(stack).said


class Drifted:
    """CloudFormation, which found these resources to be as these states say."""

    def __init__(self, *drifts: tuple[str, str, tuple[str, ...]]) -> None:
        self._drifts = drifts

    def detect_stack_drift(self, **named: str) -> dict[str, str]:
        return {"StackDriftDetectionId": "1"}

    def describe_stack_drift_detection_status(self, **named: str) -> dict[str, str]:
        return {"DetectionStatus": "DETECTION_COMPLETE", "StackDriftStatus": "DRIFTED"}

    def describe_stack_resource_drifts(self, **named: Any) -> dict[str, Any]:
        return {
            "StackResourceDrifts": [
                {
                    "LogicalResourceId": name,
                    "StackResourceDriftStatus": state,
                    "PropertyDifferences": [{"PropertyPath": path} for path in paths],
                }
                for name, state, paths in self._drifts
            ]
        }


def test_a_resource_that_differs_is_a_note_with_its_properties_and_one_that_is_gone_is_wrong(
    stack: StackHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Drifted(("PapersQueue", "MODIFIED", ("/VisibilityTimeout", "/Tags/0")))
    monkeypatch.setattr(deployment.boto3, "client", lambda service: client)  # type: ignore[attr-defined]
    found = deployment.drift(stack)
    assert (found.mark, found.said) == (Mark.NOTE, "not as the template says: PapersQueue (Tags/0, VisibilityTimeout)")
    client = Drifted(("PapersQueue", "MODIFIED", ()), ("SiteBucket", "DELETED", ()))
    found = deployment.drift(stack)
    assert (found.mark, found.said) == (Mark.WRONG, "deleted: SiteBucket; not as the template says: PapersQueue")


def test_a_concurrency_beyond_the_accounts_is_wrong(stack: StackHere, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lambda:
        def get_account_settings(self) -> dict[str, Any]:
            return {"AccountLimit": {"UnreservedConcurrentExecutions": 10}}

    monkeypatch.setattr(deployment.boto3, "client", lambda service: Lambda())  # type: ignore[attr-defined]
    stack.parameters["MaximumConcurrency"] = "7"
    assert deployment.quotas(stack).mark is Mark.OK
    stack.parameters["NoticesAddress"] = "a@example.org"  # notify runs, too
    assert deployment.quotas(stack).mark is Mark.WRONG
    stack.parameters.update(NoticesAddress="", MaximumConcurrency="20")
    found = deployment.quotas(stack)
    assert (found.mark, "lower MaximumConcurrency" in found.next) == (Mark.WRONG, True)


@pytest.mark.parametrize(
    ("told", "mark"),
    [({}, Mark.OK), ({"NoticesAddress": "a@example.org"}, Mark.WRONG), ({"WebhooksParameter": "/w"}, Mark.WRONG)],
)
def test_notify_may_sleep_where_nobody_is_to_be_told(
    told: dict[str, str], mark: Mark, stack: StackHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lambda:
        def list_event_source_mappings(self, *, FunctionName: str) -> dict[str, Any]:
            return {"EventSourceMappings": [{"State": "Disabled" if FunctionName == "notify" else "Enabled"}]}

    monkeypatch.setattr(deployment.boto3, "client", lambda service: Lambda())  # type: ignore[attr-defined]
    for name in ("Summarize", "Aggregate", "Notify"):
        stack.outputs[f"{name}FunctionName"] = name.lower()
    stack.parameters.update(told)
    found = deployment.triggers(stack)
    assert (found.mark, "notify" in found.said) == (mark, mark is Mark.WRONG)


@pytest.mark.parametrize(
    ("state", "declared", "mark"),
    [
        ("ENABLED", "ENABLED", Mark.OK),
        ("DISABLED", "DISABLED", Mark.NOTE),
        ("DISABLED", "ENABLED", Mark.WRONG),
        ("ENABLED", "DISABLED", Mark.WRONG),
    ],
)
def test_a_schedule_that_somebody_changed_by_hand_is_wrong(
    state: Any, declared: str, mark: Mark, stack: StackHere
) -> None:
    boto3.client("scheduler").create_schedule(
        Name="probes",
        ScheduleExpression="cron(50 8 * * ? *)",
        FlexibleTimeWindow={"Mode": "OFF"},
        State=state,
        Target={
            "Arn": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "RoleArn": "arn:aws:iam::123456789012:role/r",
        },
    )
    stack.make("AWS::Scheduler::Schedule", "FetchFunctionSchedule", "probes")
    stack.parameters["ScheduleState"] = declared
    assert deployment.schedule(stack).mark is mark


def test_a_log_group_that_is_gone_is_named(stack: StackHere) -> None:
    boto3.client("logs").create_log_group(logGroupName="of-fetch")
    stack.make("AWS::Logs::LogGroup", "FetchLogGroup", "of-fetch")
    assert deployment.log_groups(stack).mark is Mark.OK
    stack.make("AWS::Logs::LogGroup", "SummarizeLogGroup", "of-fetch-2")
    assert "SummarizeLogGroup" in deployment.log_groups(stack).said


def test_a_key_that_is_there_encrypted_is_ok_and_never_told(stack: StackHere) -> None:
    assert secret.secret(stack).mark is Mark.WRONG
    keep_key()
    found = secret.secret(stack)
    assert (found.mark, "a-key" in found.said) == (Mark.OK, False)


def test_a_key_that_everybody_may_read_is_wrong(stack: StackHere) -> None:
    keep_key("String")
    assert secret.secret(stack).mark is Mark.WRONG


def test_a_secret_is_looked_for_where_one_is_named(stack: StackHere) -> None:
    arn = boto3.client("secretsmanager").create_secret(Name="claude", SecretString="a-key")["ARN"]
    stack.parameters["AnthropicApiKeySecretArn"] = arn
    assert secret.secret(stack).mark is Mark.OK
    stack.parameters["AnthropicApiKeySecretArn"] = arn.replace("claude", "nothing")
    found = secret.secret(stack)
    assert (found.mark, "Secrets Manager" in found.next) == (Mark.WRONG, True)


def test_a_key_that_claude_refuses_is_replaced_where_it_lies(stack: StackHere, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v1/models/claude-haiku-5-5").respond_with_data("{}", status=401)
    stack.parameters["AnthropicBaseUrl"] = httpserver.url_for("").rstrip("/")
    keep_key()
    found = secret.claude(stack)
    assert (found.said, "deploy --replace-key" in found.next) == ("Claude refuses the key", True)
    arn = boto3.client("secretsmanager").create_secret(Name="claude", SecretString="a-key")["ARN"]
    stack.parameters["AnthropicApiKeySecretArn"] = arn
    found = secret.claude(stack)
    assert (found.said, found.next) == (
        "Claude refuses the key",
        f"put another one into secret {arn} in Secrets Manager",
    )


@pytest.mark.parametrize("platform", ["aws", "bedrock"])
def test_platforms_that_need_no_key_are_left_to_the_functions(platform: str, stack: StackHere) -> None:
    stack.parameters["ClaudePlatform"] = platform
    assert secret.secret(stack).mark is Mark.OK
    assert secret.claude(stack).mark is Mark.NOTE


def test_claude_is_asked_for_its_models_with_the_key(stack: StackHere, claude: str) -> None:
    stack.parameters.update(AnthropicBaseUrl=claude, SecondModel="claude-sonnet-5-5")
    assert secret.claude(stack).mark is Mark.UNKNOWN  # no key
    keep_key()
    found = secret.claude(stack)
    assert (found.mark, found.said) == (Mark.OK, "takes the key, and knows claude-haiku-5-5, claude-sonnet-5-5")
    stack.parameters["SecondModel"] = "a-model-of-others"
    assert secret.claude(stack).mark is Mark.UNKNOWN


def test_a_claude_that_is_out_of_reach_is_unknown(stack: StackHere) -> None:
    keep_key()
    stack.parameters["AnthropicBaseUrl"] = "http://127.0.0.1:9"
    assert secret.claude(stack).mark is Mark.UNKNOWN


def test_a_closed_gate_is_wrong(stack: StackHere, table: "Table") -> None:
    assert secret.gate(stack).mark is Mark.OK
    ModelGateStore(table).close("没有 Claude 的密钥", datetime.now(UTC))
    assert "没有 Claude 的密钥" in secret.gate(stack).said


def test_arxiv_is_asked_in_turn_with_the_functions(stack: StackHere, table: "Table", sample_arxiv: str) -> None:
    stack.parameters.update(ArxivApiUrl=f"{sample_arxiv}/api/query", ArxivRequestIntervalSeconds="0.1")
    assert arxiv.arxiv(stack).mark is Mark.OK
    gate = table.get_item(Key={"PK": "GATE", "SK": "ARXIV"})["Item"]
    assert gate["next_at"]  # the turn was taken and given back


def test_an_arxiv_that_answers_no_query_is_wrong(stack: StackHere, sample_arxiv: str) -> None:
    stack.parameters["ArxivApiUrl"] = f"{sample_arxiv}/nothing/here"
    assert arxiv.arxiv(stack).mark is Mark.WRONG
