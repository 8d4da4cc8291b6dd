"""What stops the local stack from starting. Each message says what to do.

LocalStackError
├── TemplateError        the template cannot be read or resolved
│   └── UnsupportedError the template uses something this stack does not model
└── ConfigurationError   a port, a file or a parameter of this machine is unusable
"""


class LocalStackError(Exception):
    """Base of everything that stops the stack; `str()` is the line shown to the developer."""


class TemplateError(LocalStackError):
    pass


class UnsupportedError(TemplateError):
    """A feature of CloudFormation or AWS that would silently behave differently here."""


class ConfigurationError(LocalStackError):
    pass
