"""An update of a running stack, as `make deploy` makes one."""

from tests.e2e.conftest import Stack, wait_until


def update(stack: Stack, **parameters: str) -> None:
    """Deploy with other parameters."""
    client = stack.client("cloudformation")
    [before] = client.describe_stacks()["Stacks"]
    kept = [one["ParameterKey"] for one in before["Parameters"] if one["ParameterKey"] not in parameters]
    client.update_stack(
        StackName=before["StackName"],
        UsePreviousTemplate=True,
        Parameters=[
            *({"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()),
            *({"ParameterKey": key, "UsePreviousValue": True} for key in kept),
        ],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    wait_until(
        lambda: client.describe_stacks()["Stacks"][0]["StackStatus"], "the update", lambda one: one == "UPDATE_COMPLETE"
    )
