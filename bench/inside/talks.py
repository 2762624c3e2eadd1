"""`python -m bench.inside.talks PAIRS`: so many citizens, each talking to a counsellor.

Made through the operations, as the pages would. Prints the cast: a line a socket, the citizen's
and then the counsellor's (see bench/loadgen).
"""

import sys

from accounts.models import User
from bench.inside import cookies
from bench.inside.office import hire, open_office
from chat.operations import ask, start_duty
from consult.models import Consultation
from consult.operations.access import admit
from consult.operations.asking import Asked

QUESTION = "سلام، برای پروندهٔ بیمه‌ام راهنمایی می‌خواهم."


def main(pairs: int) -> None:
    [topic] = open_office()
    counsellors = {person.pk: person for person in hire(pairs)}
    tokens = {}
    for _each in range(pairs):
        newcomer = admit()
        asked = Asked(text=QUESTION, language="fa", topic=topic)
        question = ask(asked=asked, citizen=newcomer.citizen)
        tokens[question.consultation.pk] = newcomer.token
    for counsellor in counsellors.values():
        start_duty(counsellor=counsellor, topics=[topic], languages=["fa"], capacity=1)
    for talk in Consultation.objects.held():
        tell("/ws/citizen/", cookies.of_citizen(tokens[talk.pk]), talk)
        tell("/ws/staff/", cookies.of_staff(holder_of(talk, counsellors)), talk)


def holder_of(talk: Consultation, counsellors: dict[int, User]) -> User:
    assert talk.holder_id is not None
    return counsellors[talk.holder_id]


def tell(path: str, cookie: str, talk: Consultation) -> None:
    print(path, cookie, talk.pk, talk.last_seq, sep="\t")


if __name__ == "__main__":
    main(int(sys.argv[1]))
