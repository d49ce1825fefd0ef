"""What the diagram shows: the template's parts that hold or do something, and who is outside."""

from tests.infra.diagram.template import Json

KINDS = {
    "AWS::Scheduler::Schedule": "schedule",
    "AWS::Lambda::Function": "function",
    "AWS::SQS::Queue": "queue",
    "AWS::DynamoDB::Table": "table",
    "AWS::S3::Bucket": "bucket",
    "AWS::CloudFront::Distribution": "distribution",
    "AWS::Events::EventBus": "bus",
    "AWS::SNS::Topic": "topic",
}
"""By type; resources of other types are no parts, but some of them are arrows."""

READERS, ARXIV, CLAUDE, MAIL, CHATS = "Readers", "arXiv", "Claude", "Mail", "ChatGroups"
PARAMETERS, SECRETS, ALARMS = "ParameterStore", "SecretsManager", "Alarms"
OUTSIDE = {
    READERS: "readers",
    ARXIV: "arXiv",
    CLAUDE: "Claude",
    MAIL: "mail",
    CHATS: "chat groups",
    PARAMETERS: "Parameter Store",
    SECRETS: "Secrets Manager",
    ALARMS: "CloudWatch alarms",
}
"""Who is asked or told without being a part of the template, by the name in the diagram's text."""


def parts(translated: Json) -> dict[str, str]:
    """The kind of each part by its logical id."""
    return {
        name: KINDS[resource["Type"]] for name, resource in translated["Resources"].items() if resource["Type"] in KINDS
    }
