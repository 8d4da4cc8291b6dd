"""The table of what changed, empty for each test."""

from tests.fixtures.invalidations import dynamodb, moto_dynamodb, table

__all__ = ["dynamodb", "moto_dynamodb", "table"]
