"""Why an invocation has no result.

InvocationError
├── FunctionError         the handler raised; it has the type and message that Lambda reports
├── FunctionTimeoutError  the handler ran longer than its Timeout
└── InvokeDeniedError     no AWS::Lambda::Permission lets this principal invoke the function
"""

from __future__ import annotations


class InvocationError(Exception):
    pass


class FunctionError(InvocationError):
    def __init__(self, error_type: str, error_message: str) -> None:
        super().__init__(f"{error_type}: {error_message}")
        self.error_type = error_type
        self.error_message = error_message


class FunctionTimeoutError(InvocationError):
    pass


class InvokeDeniedError(InvocationError):
    pass
