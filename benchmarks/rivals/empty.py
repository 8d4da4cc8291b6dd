"""A Python function that does nothing."""


def handler(event: object, context: object) -> object:
    return event
