"""The site under an address of the operator's own, or under CloudFront's."""

import re
from typing import Any

import pytest

from tests.infra.conditions import decided

Json = dict[str, Any]

ADDRESS = "https://papers.example.org"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0f3a5e0c-7a0e-4d2b-9f35-0c5a4e6f7a8b"


def distribution(translated: Json, **parameters: str) -> Json:
    config: Json = decided(translated, **parameters)["SiteDistribution"]["Properties"]["DistributionConfig"]
    return config


def allows(template: Json, parameter: str, value: str) -> bool:
    return bool(re.fullmatch(template["Parameters"][parameter]["AllowedPattern"], value))


def test_with_a_certificate_cloudfront_answers_at_the_site_s_address_over_recent_tls_alone(translated: Json) -> None:
    config = distribution(translated, SiteAddress=ADDRESS, CertificateArn=CERTIFICATE)
    [alias] = config["Aliases"]
    assert alias == {"Fn::Select": [1, {"Fn::Split": ["//", {"Ref": "SiteAddress"}]}]}
    assert config["ViewerCertificate"] == {
        "AcmCertificateArn": {"Ref": "CertificateArn"},
        "SslSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }


@pytest.mark.parametrize("parameters", [{}, {"SiteAddress": ADDRESS}])
def test_without_a_certificate_the_distribution_has_no_name_but_its_own(
    parameters: dict[str, str], translated: Json
) -> None:
    assert not {"Aliases", "ViewerCertificate"} & distribution(translated, **parameters).keys()


def test_a_certificate_is_refused_without_the_address_that_it_is_for(template: Json) -> None:
    rule = template["Rules"]["AddressOfCertificate"]
    assert rule["RuleCondition"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]}
    [assertion] = rule["Assertions"]
    assert assertion["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "SiteAddress"}, ""]}]}


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("", True),
        (ADDRESS, True),
        ("http://d123.cloudfront.localhost:4566", True),
        ("http://papers.example.org", False),
        (f"{ADDRESS}/", False),
        (f"{ADDRESS}:8443", False),
        ("papers.example.org", False),
    ],
)
def test_an_address_begins_with_https_except_on_this_machine(template: Json, address: str, allowed: bool) -> None:
    assert allows(template, "SiteAddress", address) is allowed


@pytest.mark.parametrize(
    ("arn", "allowed"),
    [
        ("", True),
        (CERTIFICATE, True),
        (CERTIFICATE.replace("us-east-1", "eu-west-1"), False),
        (CERTIFICATE.replace(":acm:", ":iam:"), False),
        ("papers.example.org", False),
    ],
)
def test_a_certificate_lies_where_cloudfront_looks_for_it(template: Json, arn: str, allowed: bool) -> None:
    assert allows(template, "CertificateArn", arn) is allowed
