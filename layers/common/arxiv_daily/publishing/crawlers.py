"""What programs read first: robots.txt (RFC 9309) and llms.txt (llmstxt.org)."""

from arxiv_daily.publishing.addresses import address
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.site import Site, site_object

_TEXT = "text/plain; charset=utf-8"
_MARKDOWN = "text/markdown; charset=utf-8"


def text_objects(site: Site) -> list[SiteObject]:
    """Both are the same on every day. Programs read English."""
    robots = site.render("robots.txt.j2", sitemap=address(site, "sitemap.xml"))
    llms = site.render("llms.md.j2", at=lambda key: address(site, key))
    return [site_object("robots.txt", robots, _TEXT, 0), site_object("llms.txt", llms, _MARKDOWN, 0)]
