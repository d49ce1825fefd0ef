"""The table: the only code that speaks DynamoDB. Every read is consistent."""
