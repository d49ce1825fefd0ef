"""`arxiv-daily deploy` and `leave` drive the real `sam deploy`, against the embedded AWS.

The engine runs functions with its own interpreter, so what `sam build` makes for AWS cannot run there; the template
is packaged as for the local stack. Everything after building is what happens on AWS: artifacts in SAM's bucket, change
sets, roll-backs, an import. Two differences are known: AWS refuses to update a stack that was never created whole, and
remembers a deleted stack also while another one has its name.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from arxiv_daily_cli.deploying.asking import ASKED
from arxiv_daily_cli.deploying.parameters import declared
from arxiv_daily_cli.deploying.sam import SAM
from arxiv_daily_cli.deploying.template import read
from arxiv_daily_cli.local.deviations import correct
from arxiv_daily_cli.local.engine import REGION, Engine
from arxiv_daily_cli.local.package import package
from arxiv_daily_cli.local.stack import TEMPLATE
from arxiv_daily_cli.standins.process import stand_in
from tests.e2e.conftest import COMMAND, SAMPLE, Json, environment, wait_until

DAY, ANCHOR = "2026-03-06", "2026-03-06T00:50:00Z"
"""A day without papers, whose edition needs no reading."""
KEY = "sk-ant-not-a-real-one"
NOT_ASKED = {"AnthropicWorkspaceId", "SecondModel"}
"""Of the questions those that another way to Claude brings."""
TAKEN = "/taken/by/somebody"
FAILS_LAST = f"""Resources:
  Taken:
    Type: AWS::SSM::Parameter
    DependsOn: [SummarizeFunction, FetchFunction]
    Properties: {{Name: {TAKEN}, Type: String, Value: ours}}
"""


@dataclass(frozen=True)
class Account:
    """An AWS account, and a person at a terminal who deploys to it."""

    engine: Engine
    built: Path
    where: dict[str, str] = field(default_factory=dict)
    """Parameters that send functions to the stand-in for arXiv."""

    def client(self, service: str) -> Any:
        session: Any = self.engine.session()
        return session.client(service, endpoint_url=self.engine.endpoint)

    def deploy(self, *options: str, built: Path | None = None, typed: str = "") -> subprocess.CompletedProcess[str]:
        return self.run("deploy", "--built", str(built or self.built), *options, typed=typed)

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """The command in this account, with what is typed at its questions."""
        here = {"AWS_ENDPOINT_URL": self.engine.endpoint, "AWS_DEFAULT_REGION": REGION}
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "ANTHROPIC_API_KEY": KEY}
        return subprocess.run(
            [COMMAND, *arguments],
            input=typed,
            env=environment(**here, **keys, SAM_CLI_POLL_DELAY="0.2"),
            capture_output=True,
            text=True,
            check=False,
        )

    def stack(self, name: str = "arxiv-daily") -> Json:
        found: Json = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        return found

    def parameters(self, name: str = "arxiv-daily") -> dict[str, str]:
        return {one["ParameterKey"]: one["ParameterValue"] for one in self.stack(name)["Parameters"]}

    def outputs(self, name: str = "arxiv-daily") -> dict[str, str]:
        return {one["OutputKey"]: one["OutputValue"] for one in self.stack(name)["Outputs"]}

    def site(self) -> dict[str, bytes]:
        """Every object in the bucket."""
        s3, bucket = self.client("s3"), self.outputs()["SiteBucketName"]
        keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
        return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}

    def items(self) -> set[tuple[str, str]]:
        """The keys of every item in the table."""
        found = self.client("dynamodb").scan(TableName=self.outputs()["TableName"])["Items"]
        return {(item["PK"]["S"], item["SK"]["S"]) for item in found}


@pytest.fixture(scope="module")
def sam() -> None:
    if not SAM.exists():
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("SAM is not installed here (make validate)")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make build` makes, for the engine's interpreter."""
    folder = tmp_path_factory.mktemp("built")

    def keep(key: str, body: bytes) -> str:
        (folder / key).write_bytes(body)
        return str(folder / key)

    template = folder / "template.yaml"
    template.write_text(package(TEMPLATE, keep), encoding="utf-8")
    return template


@pytest.fixture(scope="module")
def account(sam: None, built: Path) -> Iterator[Account]:
    with stand_in("arxiv", SAMPLE) as arxiv, Engine() as engine:
        where = {"ArxivApiUrl": f"{arxiv}/api/query", "ArxivFeedUrl": f"{arxiv}/atom", "ArxivSiteUrl": arxiv}
        where |= {"ArxivRequestIntervalSeconds": "0", "EncryptedTransport": "optional", "MaximumConcurrency": "2"}
        yield Account(engine, built, where)


@pytest.fixture(scope="module")
def first(account: Account) -> subprocess.CompletedProcess[str]:
    """The first deployment, guided, with one slip in the answers."""
    answers = {
        "Categories": "cs.SD;eess.AS\ncs.SD, eess.AS",
        "ScheduleExpression": "8:50, 14:50",
        "DailyBudget": "2.50",
    }
    asked = [name for name in ASKED if name in declared(read(TEMPLATE)) and name not in NOT_ASKED]
    typed = "\n".join([*(answers.get(name, "") for name in asked), "y", ""])
    done = account.deploy("--no-start", *as_options(account.where), typed=typed)
    assert done.returncode == 0, done.stderr
    correct(account.engine)
    return done


@pytest.fixture(scope="module")
def deployed(account: Account, first: subprocess.CompletedProcess[str]) -> Account:
    """An account whose stack has published an edition."""
    function = account.outputs()["FetchFunctionName"]
    account.client("lambda").invoke(FunctionName=function, Payload=json.dumps({"time": ANCHOR}))
    wait_until(lambda: f"editions/{DAY}.json" in account.site(), "the edition, whose JSON goes last")
    return account


@pytest.fixture(scope="module")
def second(account: Account, tmp_path_factory: pytest.TempPathFactory) -> list[subprocess.CompletedProcess[str]]:
    """Another stack, whose first deployment fails and whose second one does not."""
    broken = with_a_taken_name(account, tmp_path_factory.mktemp("broken"))
    return [account.deploy("--yes", "--stack-name", "second", built=template) for template in (broken, None)]


def as_options(parameters: dict[str, str]) -> list[str]:
    return [part for name, value in parameters.items() for part in ("--parameter", f"{name}={value}")]


def with_a_taken_name(account: Account, folder: Path) -> Path:
    """A template whose last resource cannot be made."""
    account.client("ssm").put_parameter(Name=TAKEN, Value="theirs", Type="String", Overwrite=True)
    template = folder / "template.yaml"
    template.write_text(
        account.built.read_text(encoding="utf-8").replace("Resources:\n", FAILS_LAST, 1), encoding="utf-8"
    )
    return template


def test_the_first_deployment_sets_what_was_answered_and_asks_again_for_what_was_refused(
    account: Account, first: subprocess.CompletedProcess[str]
) -> None:
    assert "Categories cannot be 'cs.SD;eess.AS': it must be categories such as cs.SD,eess.AS" in first.stderr
    values = account.parameters()
    assert (values["Categories"], values["DailyBudget"]) == ("cs.SD, eess.AS", "2.50")
    assert values["ScheduleExpression"] == "cron(50 8,14 * * ? *)"


def test_the_first_deployment_says_where_the_site_is_and_when_the_next_edition_comes(
    account: Account, first: subprocess.CompletedProcess[str]
) -> None:
    assert f"Site:   {account.outputs()['SiteUrl']}" in first.stdout
    assert "arXiv is asked next at " in first.stdout


def test_the_key_is_stored_encrypted_and_shown_nowhere(
    account: Account, first: subprocess.CompletedProcess[str]
) -> None:
    stored = account.client("ssm").get_parameter(Name="/arxiv-daily/anthropic-api-key", WithDecryption=True)
    assert (stored["Parameter"]["Type"], stored["Parameter"]["Value"]) == ("SecureString", KEY)
    assert KEY not in first.stdout + first.stderr
    assert KEY not in json.dumps(account.stack(), default=str)


def test_an_update_changes_what_was_named_and_keeps_values_papers_and_pages(deployed: Account) -> None:
    values, site, items = deployed.parameters(), deployed.site(), deployed.items()
    done = deployed.deploy("--yes", "--parameter", "DailyBudget=5")
    assert done.returncode == 0, done.stderr
    assert deployed.parameters() == values | {"DailyBudget": "5"}
    assert site.items() <= deployed.site().items()
    assert items <= deployed.items()
    assert site["index.html"]
    assert items


def test_an_update_of_nothing_is_no_failure(deployed: Account) -> None:
    done = deployed.deploy("--yes", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outputs"] == deployed.outputs()


def test_after_an_update_that_failed_half_way_the_site_is_as_it_was(deployed: Account, tmp_path: Path) -> None:
    values, site, items = deployed.parameters(), deployed.site(), deployed.items()
    done = deployed.deploy("--yes", "--parameter", "DailyBudget=9", built=with_a_taken_name(deployed, tmp_path))
    assert done.returncode == 1
    assert "Taken (AWS::SSM::Parameter): " in done.stderr
    assert "What to do: something of that name was made outside this stack" in done.stderr
    assert "arxiv-daily works on as it was before, with its papers and pages." in done.stderr
    assert deployed.stack()["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert deployed.parameters() == values
    assert site.items() <= deployed.site().items()
    assert items <= deployed.items()
    environment_of = deployed.client("lambda").get_function_configuration
    variables = environment_of(FunctionName=deployed.outputs()["SummarizeFunctionName"])["Environment"]["Variables"]
    assert variables["DAILY_BUDGET"] == values["DailyBudget"]


def test_what_a_rule_of_the_template_refuses_changes_nothing(deployed: Account) -> None:
    before, site = deployed.stack(), deployed.site()
    done = deployed.deploy("--yes", "--parameter", "ClaudePlatform=aws")
    assert done.returncode == 1
    assert "Claude Platform on AWS needs AnthropicWorkspaceId." in done.stderr
    assert deployed.stack() == before
    assert site.items() <= deployed.site().items()


def test_a_bad_value_is_refused_before_aws_is_asked(deployed: Account) -> None:
    before = deployed.stack()
    done = deployed.deploy("--yes", "--parameter", "LogRetentionDays=31")
    assert done.returncode != 0
    assert "LogRetentionDays cannot be '31'" in done.stderr
    assert deployed.stack() == before


def test_a_stack_that_was_never_created_whole_is_told_so_and_deleted_before_the_next_try(
    account: Account, second: list[subprocess.CompletedProcess[str]]
) -> None:
    failed, done = second
    assert failed.returncode == 1
    assert "Nothing of second was kept: mend the cause, then deploy again." in failed.stderr
    assert done.returncode == 0, done.stderr
    assert account.stack("second")["StackStatus"] == "CREATE_COMPLETE"


@pytest.mark.usefixtures("second")
def test_a_second_stack_has_a_key_of_its_own(account: Account) -> None:
    assert account.parameters("second")["AnthropicApiKeyParameter"] == "/second/anthropic-api-key"


@pytest.mark.usefixtures("second")
def test_everything_is_deleted_only_for_somebody_who_types_the_stack_s_name(account: Account) -> None:
    table = account.outputs("second")["TableName"]
    refused = account.run("leave", "--stack-name", "second", "--everything", typed="arxiv-daily\n")
    assert "that is another name; nothing was deleted" in refused.stderr
    gone = account.run("leave", "--stack-name", "second", "--everything", typed="second\n")
    assert gone.returncode == 0, gone.stderr
    assert table in gone.stdout
    assert table not in account.client("dynamodb").list_tables()["TableNames"]
    names = [one["Name"] for one in account.client("ssm").describe_parameters()["Parameters"]]
    assert "/second/anthropic-api-key" not in names


def test_who_left_and_comes_back_has_papers_pages_and_values_again(deployed: Account) -> None:
    values, outputs, site, items = deployed.parameters(), deployed.outputs(), deployed.site(), deployed.items()
    left = deployed.run("leave", typed="y\n")
    assert left.returncode == 0, left.stderr
    assert f"Kept: table {outputs['TableName']} and bucket {outputs['SiteBucketName']}" in left.stdout
    again = deployed.run("leave", "--yes")
    assert "there is no stack arxiv-daily in region us-east-1" in again.stderr
    back = deployed.deploy("--yes")
    assert back.returncode == 0, back.stderr
    assert deployed.outputs()["TableName"] == outputs["TableName"]
    assert deployed.parameters() == values
    assert items <= deployed.items()
    assert site.keys() <= deployed.site().keys()  # the table's stream has the last day published again
    rebuilt = deployed.run("rebuild", "--all")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert deployed.outputs()["SiteUrl"] in deployed.site()["feed.xml"].decode()


def test_who_comes_back_half_way_has_the_papers_again_at_the_next_try(deployed: Account, tmp_path: Path) -> None:
    outputs, items = deployed.outputs(), deployed.items()
    assert deployed.run("leave", "--yes").returncode == 0
    failed = deployed.deploy("--yes", built=with_a_taken_name(deployed, tmp_path))
    assert "arxiv-daily holds the table and the bucket that were brought back" in failed.stderr
    back = deployed.deploy("--yes", *as_options(deployed.where))
    assert back.returncode == 0, back.stderr
    assert "Pages still name the former address" in back.stdout
    assert deployed.outputs()["TableName"] == outputs["TableName"]
    assert items <= deployed.items()
