"""What a relay counts of a function's calls, and DynamoDB's units."""

import json
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.costing import copied_days
from tests.costing.processors import Processors
from tests.costing.relay import relay
from tests.costing.units import item_bytes, read_units, refused_write_units

Json = dict[str, Any]

SCOPE = "AWS4-HMAC-SHA256 Credential=ASIA0/20261125/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"


def signed(service: str, **headers: str) -> dict[str, str]:
    return {"Authorization": SCOPE.format(service=service)} | headers


def an_item(size: int) -> Json:
    return {"PK": {"S": "x" * (size - len("PK"))}}


def test_an_item_is_its_names_and_values_in_utf8() -> None:
    item: Json = {
        "PK": {"S": "论文"},
        "n": {"N": "-12.5"},
        "yes": {"BOOL": True},
        "in": {"M": {"a": {"L": [{"S": "b"}]}}},
    }
    nested = 3 + 1 + len("a") + (3 + 1 + len("b"))
    assert item_bytes(item) == (2 + 6) + (1 + 3) + (3 + 1) + (2 + nested)


@pytest.mark.parametrize(("size", "units"), [(10, 1), (4096, 1), (4097, 2)])
def test_a_read_costs_a_unit_for_each_four_kilobytes_begun(size: int, units: int) -> None:
    assert read_units("GetItem", {}, {"Item": an_item(size)}) == units


def test_an_item_that_is_not_there_costs_a_unit() -> None:
    assert read_units("GetItem", {}, {}) == 1


def test_a_query_is_charged_for_the_sum_and_a_batch_item_by_item() -> None:
    items = [an_item(3000), an_item(3000)]
    request: Json = {"RequestItems": {"table": {"Keys": [{}, {}, {}]}}}
    assert read_units("Query", {}, {"Items": items}) == 2
    assert read_units("BatchGetItem", request, {"Responses": {"table": items}}) == 3


def test_a_refused_transaction_costs_two_units_an_item() -> None:
    assert refused_write_units("TransactWriteItems", {"TransactItems": [{}, {}]}) == 4
    assert refused_write_units("PutItem", {}) == 1


def test_a_relay_counts_reads_and_writes_of_the_table(httpserver: HTTPServer) -> None:
    def table(request: Request) -> Response:
        if request.headers["X-Amz-Target"].endswith("PutItem"):
            assert json.loads(request.data)["ReturnConsumedCapacity"] == "TOTAL"
            return Response('{"ConsumedCapacity": {"CapacityUnits": 3.0}}')
        return Response('{"Item": {"PK": {"S": "found"}}}')

    httpserver.expect_request("/").respond_with_handler(table)
    with relay(httpserver.url_for("")) as (address, counts):
        for operation in ("PutItem", "GetItem"):
            target = {"X-Amz-Target": f"DynamoDB_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0"}
            requests.post(address, data="{}", headers=signed("dynamodb", **target), timeout=5)
    assert counts == {"dynamodb:PutItem": 1, "dynamodb:GetItem": 1, "write_units": 3, "read_units": 1}


def test_a_refused_write_is_counted_and_its_error_passed_on(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_json({"__type": "ConditionalCheckFailedException"}, status=400)
    headers = signed("dynamodb", **{"X-Amz-Target": "DynamoDB_20120810.PutItem", "Content-Type": "text/plain"})
    with relay(httpserver.url_for("")) as (address, counts):
        answer = requests.post(address, data="{}", headers=headers, timeout=5)
    assert (answer.status_code, answer.json()["__type"]) == (400, "ConditionalCheckFailedException")
    assert counts["write_units"] == 1


def test_objects_are_told_from_their_bucket_and_uploads_weighed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/site/a/key.html").respond_with_data("", headers={"ETag": "one"})
    httpserver.expect_request("/site").respond_with_data("<list/>")
    with relay(httpserver.url_for("")) as (address, counts):
        requests.put(f"{address}/site/a/key.html", data=b"12345", headers=signed("s3"), timeout=5)
        assert requests.head(f"{address}/site/a/key.html", headers=signed("s3"), timeout=5).headers["ETag"] == "one"
        requests.get(f"{address}/site?list-type=2", headers=signed("s3"), timeout=5)
    assert counts == {"s3:PutObject": 1, "s3:HeadObject": 1, "s3:GetBucket": 1, "put_bytes": 5}


def test_the_query_protocol_names_its_action_in_the_body(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<ok/>")
    with relay(httpserver.url_for("")) as (address, counts):
        requests.post(address, data={"Action": "Publish"}, headers=signed("sns"), timeout=5)
    assert counts == {"sns:Publish": 1}


def test_seconds_of_processor_are_those_of_the_engines_own_workers(tmp_path: Path) -> None:
    computing = "sum(range(3_000_000)); print(flush=True); input()"
    environment = {"AWS_LAMBDA_FUNCTION_NAME": "reader", "GATEWAY_PORT": "4711"}
    with subprocess.Popen([sys.executable, "-c", computing], env=environment, stdin=PIPE, stdout=PIPE) as worker:
        assert worker.stdout
        worker.stdout.readline()
        ours, others = Processors(4711), Processors(4712)
        ours.look()
        others.look()
        worker.communicate(b"\n")
    assert ours.seconds("reader") > 0
    assert ours.seconds("another") == others.seconds("reader") == 0


def test_what_a_workers_child_computed_is_the_workers() -> None:
    starting = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]]); print(flush=True); input()"
    environment = {"AWS_LAMBDA_FUNCTION_NAME": "reader", "GATEWAY_PORT": "4711"}
    command = [sys.executable, "-c", starting, "import time\nwhile time.process_time() < 0.5: pass"]
    with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE) as worker:
        assert worker.stdout
        worker.stdout.readline()
        processors = Processors(4711)
        processors.look()
        worker.communicate(b"\n")
    assert processors.seconds("reader") >= 0.5


def test_a_copied_day_has_every_paper_with_its_answer_and_its_own_id(tmp_path: Path) -> None:
    copied_days.write(tmp_path, papers=20)
    feed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == feed.count("http://arxiv.org/abs/2698.") == 20
    assert "2699." not in feed
    assert len(list((tmp_path / "replies").glob("2698.*.json"))) == 20
    assert len(list((tmp_path / "html").glob("2698.*v*.html"))) >= 15


def test_a_folder_can_be_written_again_for_a_later_day_with_papers_that_are_new(tmp_path: Path) -> None:
    assert copied_days.write(tmp_path, papers=2) == "2026-03-05"
    assert copied_days.write(tmp_path, papers=2, later=1, first=3, with_html=True) == "2026-03-06"
    feed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert all(f"abs/2698.0000{number}v" in feed for number in (3, 4))
    assert feed.count("<published>2026-03-05T") == 2
    assert "<updated>2026-03-06T00:50:00Z" in feed
    assert len(list((tmp_path / "html").glob("2698.0000[34]v*.html"))) == 2
