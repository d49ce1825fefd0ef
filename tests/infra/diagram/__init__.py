"""The diagram of docs/architecture.md, drawn from the template: `make diagram`."""
