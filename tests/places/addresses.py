"""Who reaches the addresses of this room."""

from tests.factories.accounts import province
from tests.meta.samples import Access, Address

ADDRESSES = {
    "places:lookup": Address(Access.PUBLIC, query="q=yen+bai"),
    "places:suggest": Address(Access.PUBLIC, query="q=yen+bai"),
    "places:province": Address(Access.PUBLIC, lambda: {"slug": province().slug}),
}
