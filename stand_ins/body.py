from starlette.requests import Request


async def read_body(request: Request, *, max_bytes: int) -> bytes | None:
    """None as soon as there is more than `max_bytes`. Raises ClientDisconnect."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            return None
    return bytes(body)
