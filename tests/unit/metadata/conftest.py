from tests.fixtures.fetching import fetcher, tls

__all__ = ["fetcher", "tls"]
