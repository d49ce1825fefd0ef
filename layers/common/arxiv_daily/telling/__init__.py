"""Messages about a complete edition: one module per shape, pure functions of the event."""
