"""The cookies with which people's browsers come: real ones, read by the house like any other."""

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from consult.cookies import remember


def of_citizen(token: str) -> str:
    """What the browser of the citizen with this token sends."""
    response = HttpResponse()
    remember(response, token)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in response.cookies.items())


def of_staff(person: User) -> str:
    """What this person's browser sends after signing in."""
    browser = Client()
    browser.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
