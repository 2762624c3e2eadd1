"""The counsellors of a run and what they know; written by Django, after `chaos.furnish`."""

from accounts.models import Post, Role, User
from agency.models import Topic, Unit
from chaos.furnish import CAPACITIES, TOPICS, Staff
from chaos.people import PASSWORD


def employ(count: int) -> tuple[list[Staff], list[str]]:
    """So many counsellors who know the same topics, and the topics' keys for the forms."""
    topics = list(Topic.objects.exclude(code=Topic.GENERAL).order_by("pk")[:TOPICS])
    Topic.objects.filter(pk__in=[each.pk for each in topics]).update(capacity=max(CAPACITIES))
    skills = {skill for topic in topics for skill in topic.skills.all()}
    unit = Unit.objects.order_by("pk")[0]
    staff = []
    for number in range(count):
        capacity = CAPACITIES[number % len(CAPACITIES)]
        person = User.objects.create_user(
            username=f"counsellor-{number}",
            password=PASSWORD,
            first_name_fa=f"مشاور {number}",
            first_name_en=f"Counsellor {number}",
        )
        Post.objects.create(person=person, role=Role.COUNSELLOR, unit=unit, desk=False)
        person.skills.set(skills)
        staff.append(Staff(person.pk, person.username, capacity))
    return staff, [str(each.pk) for each in topics]
