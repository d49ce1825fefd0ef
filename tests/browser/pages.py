"""Every kind of page of the site, and where it lies."""

from tests.browser import sixty
from tests.browser.days import OLD_ID

PAGES = {
    "home": "index.html",
    "edition-of-60": "editions/2026-03-06.html",
    "edition-of-3": "editions/2025-12-30.html",
    "edition-empty": "editions/2026-03-01.html",
    "edition-sample": "editions/2026-03-05.html",
    "paper-long": f"papers/{sixty.LONG_ID}.html",
    "paper-doubted": f"papers/{sixty.DOUBTED_ID}.html",
    "paper-failed": f"papers/{sixty.FAILED_ID}.html",
    "paper-withdrawn": f"papers/{sixty.WITHDRAWN_ID}.html",
    "paper-taken-down": f"papers/{sixty.TAKEN_DOWN_ID}.html",
    "paper-old-id": f"papers/{OLD_ID}.html",
    "archive": "archive.html",
    "archive-year": "archive/2025.html",
    "category": "categories/cs.SD.html",
    "search": "search.html?q=tokenizers",
    "about": "about.html",
    "404": "no-such-page.html",
}
