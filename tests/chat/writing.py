"""Messages to the ledger, and what it made of them."""

from typing import Any
from uuid import uuid4

from chat.ledger import append
from chat.posts import Post
from consult.models import Consultation, Person


def says(consultation: Consultation, person: Person, text: str = "hello", **more: Any) -> Post:
    fields = {"stream": "page", "n": 1, "client_id": str(uuid4()), **more}
    return Post(consultation=consultation.pk, person=person, text=text, **fields)


def one(post: Post) -> Any:
    return append([post])[0]


def sequences(consultation: Consultation) -> list[int]:
    return list(consultation.messages.order_by("seq").values_list("seq", flat=True))
