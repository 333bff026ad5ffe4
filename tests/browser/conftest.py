"""Pages in a real Chromium, watched: an error on the console, a refused script, a lost request fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import PROGRAMS

# Playwright keeps an event loop running in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# An element with a pseudo-element about it would be left for a person to judge, and looking for one takes most of the
# time of comparing colours. Without that its colours are compared like those of the others.
AXE = (Path(settings.BASE_DIR) / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8") + (
    ';axe.configure({checks: [{id: "color-contrast", options: {ignorePseudo: true}}]});'
)
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Style sheets are fetched once more a page for an experimental rule that is not among those asked.
PRELOAD = {"assets": ["media"]}
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that it is skipped or demanded as one."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _kept_static_files() -> Iterator[None]:
    """Let the browser keep style sheets, scripts and fonts from page to page, as it does in production."""
    serve = StaticFilesHandlerMixin.serve
    kept: dict[str, tuple[bytes, str]] = {}

    def serve_and_keep(self: StaticFilesHandlerMixin, request: HttpRequest) -> HttpResponseBase:
        if request.path not in kept:
            found = serve(self, request)
            kept[request.path] = (found.getvalue(), found["Content-Type"])
            found.close()
        content, kind = kept[request.path]
        return HttpResponse(content, content_type=kind, headers={"Cache-Control": "max-age=3600"})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", serve_and_keep)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the installed Chromium once."""
    path = next(path for name in PROGRAMS["browser"] if (path := shutil.which(name)))
    # Chromium's own sandbox does not work as root, as in most containers.
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Watch:
    """What went wrong on a page while a test walked it."""

    def __init__(self, page: Page, origin: str, expected_statuses: frozenset[int]) -> None:
        self.problems: list[str] = []
        self.origin = urlsplit(origin).netloc
        self.expected_statuses = expected_statuses
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message) -> None:
        # The browser logs a refused status as an error too; ``_response`` judges those.
        if (
            message.type in {"error", "warning"}
            and "the server responded with a status of" not in message.text
        ):
            self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.origin:
            self.problems.append(f"another host: {request.url}")

    def _failed(self, request) -> None:
        # Leaving a page, or typing on, gives up requests under way; that is not a failure.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"request failed: {request.url} ({request.failure})")

    def _response(self, response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.problems.append(f"status {response.status}: {response.url}")


class Windows:
    """Browser contexts, each of one size and language, used by one test after the other.

    A new one would fetch every style sheet, script and font again. What a test leaves behind is taken out: its pages,
    cookies and whatever the pages stored.
    """

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self._free: dict[tuple[str, str], list[BrowserContext]] = {}
        self._used: list[tuple[tuple[str, str], BrowserContext]] = []

    def take(self, size: str, language: str) -> BrowserContext:
        """Return a context nobody uses, made if there is none."""
        kind = (size, language)
        free = self._free.setdefault(kind, [])
        context = free.pop() if free else self._made(*kind)
        self._used.append((kind, context))
        return context

    def give_back(self) -> None:
        """Clean what was taken."""
        for kind, context in self._used:
            page = context.new_page()
            for old in context.pages:
                if old != page:
                    old.close()
            context.clear_cookies()
            wanted = {"origin": self._base_url, "storageTypes": "local_storage,indexeddb,cache_storage"}
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", wanted)
            page.close()
            self._free[kind].append(context)
        self._used.clear()

    def _made(self, size: str, language: str) -> BrowserContext:
        context = self._browser.new_context(
            base_url=self._base_url,
            viewport=SIZES[size],
            has_touch=size == "phone",
            locale="vi-VN" if language == "vi" else "en-GB",
            timezone_id=settings.TIME_ZONE,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        return context


@pytest.fixture(scope="session")
def windows(browser: Browser, live_server) -> Windows:
    """The windows of this session."""
    return Windows(browser, live_server.url)


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(windows: Windows, live_server) -> Iterator[NewPage]:
    """Open watched pages: ``new_page(size="phone", language="en", user=officer, expect={403})``.

    ``page.goto("/path/")`` goes to the test server. Every problem seen on any of the pages fails the test.
    """
    watches = []

    def open_page(*, size: str = "desktop", language: str = "vi", user=None, expect=()) -> Page:
        context = windows.take(size, language)
        context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
        )
        page = context.new_page()
        watches.append(Watch(page, live_server.url, frozenset(expect)))
        if user is not None:
            sign_in(page, user)
        return page

    yield open_page
    windows.give_back()
    problems = [problem for watch in watches for problem in watch.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A watched page on a desk, in Vietnamese, without an account."""
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A watched page on a phone, in Vietnamese, without an account."""
    return new_page(size="phone")


def sign_in(page: Page, user) -> None:
    """Give the page's browser a session of the user, without walking the sign-in pages."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Assert that axe-core finds nothing against WCAG 2.2 AA on the page as it stands."""

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        options = {
            "runOnly": {"type": "tag", "values": WCAG},
            "resultTypes": ["violations"],
            "preload": PRELOAD,
        }
        result = page.evaluate("options => axe.run(document, options)", options)
        findings = [
            f"{violation['id']}: {violation['help']}\n    "
            + "\n    ".join(node["html"] for node in violation["nodes"])
            for violation in result["violations"]
        ]
        assert not findings, f"{page.url}\n" + "\n".join(findings)

    return check


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Take a picture of what the window shows, where somebody asked for pictures."""
    folder = os.environ.get("CCN_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.wait_for_timeout(400)
            # Hiding the caret would take an inline style, which the pages refuse.
            page.screenshot(path=Path(folder) / f"{name}.png", caret="initial")

    return take
