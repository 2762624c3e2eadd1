"""The browsers of a test, one for each person, and everything that went wrong in any of them."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

PATIENCE = 15_000
DESK, PHONE = (1280, 800), (360, 740)
# Chromium's own remark on an answer such as 404; the answers are judged one by one below.
REMARK = "Failed to load resource"


@dataclass
class People:
    """Opens browsers; `faults` grows with errors, refused policies and requests to strangers."""

    browser: Browser
    address: str
    pictures: str = ""
    faults: list[str] = field(default_factory=list)
    forgiven: list[re.Pattern[str]] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        language: str = "fa",
        *,
        size: tuple[int, int] = DESK,
        scripts: bool = True,
        scheme: Literal["light", "dark"] = "light",
    ) -> Page:
        """A window of somebody's own, whose relative addresses are in their language."""
        context = self.browser.new_context(
            base_url=f"{self.address}/{'en/' if language == 'en' else ''}",
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB" if language == "en" else "fa-IR",
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        self._watch(context)
        return context.new_page()

    def forgive(self, pattern: str) -> None:
        """A fault that a test provokes on purpose."""
        self.forgiven.append(re.compile(pattern))

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def picture(self, page: Page, name: str) -> None:
        """A picture to look at, when somebody asked for pictures (PICTURES=folder)."""
        if self.pictures:
            page.screenshot(path=f"{self.pictures}/{name}.png")

    def _watch(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", lambda error: self._fault(f"error: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(REMARK):
            self._fault(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in {"http", "https"} and asked.netloc != urlsplit(self.address).netloc:
            self._fault(f"a stranger was asked: {request.url}")

    def _answered(self, response: Response) -> None:
        page = response.request.is_navigation_request()
        if response.status >= (500 if page else 400):
            self._fault(f"{response.status}: {response.url}")

    def _fault(self, what: str) -> None:
        if not any(pattern.search(what) for pattern in self.forgiven):
            self.faults.append(what)
