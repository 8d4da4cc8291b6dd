"""Attributes that say who opened an account. No client can write them (template: WriteAttributes).

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
"""

PROVEN_AT = "custom:proven_at"
"""When somebody was first let in, as 2026-01-31T23:59:59Z."""

CONTRACT_AT = "custom:contract_at"
"""Chain id and time of a contract wallet that was the first, as `137 2026-01-31T23:59:59Z`."""
