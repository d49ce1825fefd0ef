"""The bucket is private, and the distribution alone reads it."""

import re
from typing import Any

import pytest

Json = dict[str, Any]


@pytest.fixture
def bucket(properties: dict[str, Json]) -> Json:
    return properties["SiteBucket"]


@pytest.fixture
def distribution(properties: dict[str, Json]) -> Json:
    config: Json = properties["SiteDistribution"]["DistributionConfig"]
    return config


@pytest.fixture
def statements(properties: dict[str, Json]) -> list[Json]:
    listed: list[Json] = properties["SiteBucketPolicy"]["PolicyDocument"]["Statement"]
    return listed


def test_the_bucket_blocks_all_public_access(bucket: Json) -> None:
    assert bucket["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }


def test_nobody_else_owns_an_object_of_the_bucket(bucket: Json) -> None:
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_the_bucket_is_encrypted(bucket: Json) -> None:
    [rule] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_only_this_distribution_may_read_the_bucket(statements: list[Json]) -> None:
    [allow] = [one for one in statements if one.get("Effect") == "Allow"]
    assert allow["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allow["Action"] == "s3:GetObject"
    assert allow["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"].endswith("/${SiteDistribution}")


def test_the_bucket_refuses_plain_http_unless_told_otherwise(statements: list[Json], template: Json) -> None:
    [(condition, deny, _)] = [one["Fn::If"] for one in statements if "Fn::If" in one]
    assert condition == "EncryptedTransportOnly"
    assert deny["Effect"] == "Deny"
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert template["Parameters"]["EncryptedTransport"]["Default"] == "required"


def test_the_site_redirects_plain_http_unless_told_otherwise(distribution: Json) -> None:
    policy = distribution["DefaultCacheBehavior"]["ViewerProtocolPolicy"]
    assert policy == {"Fn::If": ["EncryptedTransportOnly", "redirect-to-https", "allow-all"]}


def test_the_distribution_signs_its_requests_to_the_bucket(distribution: Json, properties: dict[str, Json]) -> None:
    [origin] = distribution["Origins"]
    assert origin["OriginAccessControlId"] == {"Fn::GetAtt": ["SiteAccess", "Id"]}
    assert properties["SiteAccess"]["OriginAccessControlConfig"]["SigningBehavior"] == "always"


def test_the_site_opens_with_its_index(distribution: Json) -> None:
    assert distribution["DefaultRootObject"] == "index.html"


def test_a_missing_page_answers_404_with_the_site_s_own_page(distribution: Json) -> None:
    [error] = distribution["CustomErrorResponses"]
    assert (error["ErrorCode"], error["ResponseCode"], error["ResponsePagePath"]) == (403, 404, "/404.html")


@pytest.fixture
def headers(properties: dict[str, Json], distribution: Json) -> Json:
    """What every answer of the distribution says of security."""
    assert distribution["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == {"Ref": "SiteHeaders"}
    config: Json = properties["SiteHeaders"]["ResponseHeadersPolicyConfig"]
    return config


def test_pages_may_load_nothing_but_the_site_s_own_files(headers: Json) -> None:
    policy = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert {name: value for name, value in allowed.items() if value != "'self'"} == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert set(allowed) > {"style-src", "script-src", "connect-src", "img-src", "form-action"}


def test_every_security_header_is_sent_whatever_the_origin_says(headers: Json) -> None:
    security = headers["SecurityHeadersConfig"]
    assert set(security) == {
        "ContentSecurityPolicy",
        "ContentTypeOptions",
        "FrameOptions",
        "ReferrerPolicy",
        "StrictTransportSecurity",
    }
    assert all(header["Override"] is True for header in security.values())
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000


def test_a_second_stack_in_the_account_has_headers_of_another_name(headers: Json) -> None:
    assert "AWS::StackId" in str(headers["Name"])


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("", True),
        ("group@example.org", True),
        ("https://github.com/group/arxiv-daily/issues/new", True),
        ("javascript:alert(1)", False),
        ("http://example.org", False),
        ("a b@example.org", False),
    ],
)
def test_errors_are_reported_by_mail_or_at_a_page(template: Json, address: str, allowed: bool) -> None:
    pattern = template["Parameters"]["CorrectionsAddress"]["AllowedPattern"]
    assert bool(re.fullmatch(pattern, address)) is allowed
