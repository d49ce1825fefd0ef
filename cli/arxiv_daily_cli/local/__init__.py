"""The whole product on this machine: an embedded AWS and the stack deployed to it."""
