"""Why a run over the users does not do what it is there for.

UsersError
└── DeletionRefusedError   deletion_refused
    ├── NoMarkError        no_user_is_marked
    └── OldMarksError      no_recent_mark
"""

from ethereum.errors import CodedError


class UsersError(CodedError):
    """Base of the tree."""

    code = "users_error"


class DeletionRefusedError(UsersError):
    """Nobody is deleted: a proven wallet could be among those that look unproven."""

    code = "deletion_refused"


class NoMarkError(DeletionRefusedError):
    """No user seen has a mark: none is written, or the pool is not the one that has them."""

    code = "no_user_is_marked"


class OldMarksError(DeletionRefusedError):
    """No mark is younger than the age that users are deleted at: they may no longer be written."""

    code = "no_recent_mark"
