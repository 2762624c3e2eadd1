"""Somebody without a screen: fills in the forms of the pages. `live.client` does the talking."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

PATIENCE = 20.0


@dataclass
class Form:
    """One form of a page, as it would be sent if nobody touched it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


@dataclass
class Page:
    """Where we ended up, and its forms."""

    url: str
    text: str

    def form(self, name: str) -> Form | None:
        """The first form with a field of this name."""
        reader = FormReader(self.url)
        reader.feed(self.text)
        return next((form for form in reader.forms if name in form.names), None)


class FormReader(HTMLParser):
    """Collects forms, with what is hidden or already chosen in them."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(urljoin(self.url, given.get("action", ""))))
        elif self.forms and given.get("name") and tag in {"input", "textarea", "select", "button"}:
            self.forms[-1].names.add(given["name"])
            if given.get("type") == "hidden" or "checked" in given:
                self.forms[-1].fields.append((given["name"], given.get("value", "on")))


class Visitor:
    """A person with cookies of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._open(urljoin(self.address, path))

    def submit(self, page: Page, holding: str, **typed: str) -> Page:
        """Send the form that has a field `holding`, with what was typed."""
        form = page.form(holding)
        if form is None:
            raise LookupError(f"{page.url} has no form with a field “{holding}”.")
        untouched = [(name, value) for name, value in form.fields if name not in typed]
        return self._open(form.action, urlencode([*untouched, *typed.items()]).encode())

    def _open(self, url: str, body: bytes | None = None) -> Page:
        with self._opener.open(url, body, timeout=PATIENCE) as answer:
            return Page(answer.url, answer.read().decode())

    @property
    def cookie(self) -> str:
        """What the browser would send: it opens the socket, too."""
        return "; ".join(f"{each.name}={each.value}" for each in self._cookies)
