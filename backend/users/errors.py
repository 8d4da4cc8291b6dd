"""Why a run over the users does not do what it is there for.

UsersError
└── DeletionRefusedError   deletion_refused
    ├── NoMarkError        no_user_is_marked
    └── OldMarksError      no_recent_mark
"""


class UsersError(Exception):
    """Base of the tree; its text is the code unless a reason is given."""

    code: str = "users_error"

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason or self.code)


class DeletionRefusedError(UsersError):
    """Nobody is deleted: a proven wallet could be among those that look unproven."""

    code = "deletion_refused"


class NoMarkError(DeletionRefusedError):
    """No user seen has a mark: none is written, or the pool is not the one that has them."""

    code = "no_user_is_marked"


class OldMarksError(DeletionRefusedError):
    """No mark is younger than the age that users are deleted at: they may no longer be written."""

    code = "no_recent_mark"
