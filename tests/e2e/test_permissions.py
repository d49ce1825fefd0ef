"""Here, as on AWS, a function may do what its role says and nothing else: a permission forgotten fails a test."""

import json

from tests.e2e.conftest import Json, Stack


def test_a_function_without_a_permission_is_refused_with_the_name_of_what_it_tried(stack: Stack) -> None:
    iam = stack.client("iam")
    function = stack.client("lambda").get_function(FunctionName=stack.outputs["OnDemandFunctionName"])
    role = function["Configuration"]["Role"].rpartition("/")[2]
    (policy,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document: Json = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(without(document, "PutItem")))
    answer = stack.invoke("OnDemandFunctionName", {"paper_id": "2699.00007"})
    iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
    assert "AccessDenied" in answer["errorMessage"]
    assert "dynamodb:PutItem" in answer["errorMessage"]
    assert stack.invoke("OnDemandFunctionName", {"paper_id": "2699.00007"})["state"] == "ready"


def without(document: Json, action: str) -> Json:
    """The policy with one action of DynamoDB less."""
    changed: Json = json.loads(json.dumps(document))
    for statement in changed["Statement"]:
        if isinstance(statement["Action"], list):
            statement["Action"] = [one for one in statement["Action"] if one != f"dynamodb:{action}"]
    return changed
