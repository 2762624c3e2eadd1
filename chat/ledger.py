"""The one way into the transcript: append, give out sequences, then acknowledge.

`write` is one transaction for any number of messages of any number of consultations. Sockets
reach it through `chat.writer`, which commits everything queued at once; forms and system lines
call `append` with a batch of one. Nothing is told to anybody before the commit.
"""

import logging
from collections.abc import Iterable, Sequence

from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction

from chat.frames import news_of
from chat.page import Page, Slip
from chat.posts import Post, Prepared, Rejected, Result, Stored, prepare
from chat.shelf import shelf
from chat.telling import write_lines
from consult.happenings import Happening
from live.publish import publish_all

log = logging.getLogger(__name__)

RETRY_MS = 1_000
BUSY = Rejected(code="busy", retry_ms=RETRY_MS)


def append(posts: Sequence[Post]) -> list[Result]:
    """Store `posts` in order and tell both sides: a `Stored` or a `Rejected` for each."""
    results = write(posts)
    publish_all([news_of(each) for each in results if isinstance(each, Stored) and each.fresh])
    return results


def write(posts: Sequence[Post]) -> list[Result]:
    """Store `posts` in order and tell nobody. Repeating does no harm.

    If the batch fails, its consultations are tried one by one, so that one bad message fails
    alone; but if a name in it was used before, all are tried once more, warily, first. What cannot
    be stored now is `Rejected` with `retry_ms`; nothing is acknowledged without a certain commit.
    """
    prepared = [_prepared(post) for post in posts]
    for wary in (False, True):
        try:
            return _commit(posts, prepared, wary=wary)
        except (DatabaseError, InterfaceError) as failure:
            if connection.in_atomic_block:
                raise  # A larger transaction is at stake: its owner decides.
            if not _is_there():
                return [BUSY] * len(posts)  # Asking for each would make everybody wait.
            if not isinstance(failure, IntegrityError):
                break
    return _one_by_one(posts, prepared)


def _is_there() -> bool:
    """Whether the database still speaks to us; if not, the next work begins with a new line."""
    if connection.connection is not None and connection.is_usable():
        return True
    connection.close()
    return False


def tell(happenings: Iterable[Happening]) -> None:
    """Write what happened into the conversations, as lines of the system."""
    publish_all([news_of(each) for each in write_lines(happenings)])


def _prepared(post: Post) -> Prepared | Rejected:
    """Ready, or refused: a text on which a rule of ours stumbles must not harm its neighbours."""
    try:
        return prepare(post)
    except Exception:
        log.exception("A message could not be made ready")
        return BUSY


def _one_by_one(posts: Sequence[Post], prepared: Sequence[Prepared | Rejected]) -> list[Result]:
    results: dict[int, Result] = {}
    for consultation in dict.fromkeys(post.consultation for post in posts):
        places = [i for i, post in enumerate(posts) if post.consultation == consultation]
        try:
            answers = _commit([posts[i] for i in places], [prepared[i] for i in places], wary=True)
        except DatabaseError:
            answers = [BUSY] * len(places)
        results.update(zip(places, answers, strict=True))
    return [results[i] for i in range(len(posts))]


@transaction.atomic
def _commit(
    posts: Sequence[Post], prepared: Sequence[Prepared | Rejected], *, wary: bool
) -> list[Result]:
    books = shelf()
    slips = [Slip.of(post, ready, books) for post, ready in zip(posts, prepared, strict=True)]
    page = Page(slips, books, wary=wary)
    results = [page.take(slip) for slip in slips]
    page.save()
    return results
