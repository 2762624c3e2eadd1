"""What was made for one person is kept in no cache: computers, and proxies, are shared."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control


class KeptNowhere:
    """Middleware: a page for somebody who came with a cookie is theirs alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if request.COOKIES and "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_store=True)
        return response
