"""Who reaches the addresses that belong to no room."""

from tests.meta.samples import Access, Address

ADDRESSES = {
    "health": Address(Access.PUBLIC),
    "set_language": Address(Access.PUBLIC, method="post", data={"language": "en"}, ok=frozenset({302})),
}
