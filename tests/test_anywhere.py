"""One site for any address: under a sub-path, at a root, on a domain of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from selectolax.lexbor import LexborHTMLParser
from served import start
from toy import offprint, toy

SUB = "https://octo.github.io/repo/"
ROOT = "https://octo.github.io/"
_LINKS = "[href], [src], form[action]"
_ABSOLUTE = re.compile(
    rb'(?:<loc>|<id>|href="|url":"|Sitemap: )(https://octo\.github\.io/[^<"\s]*)'
)


@pytest.fixture(scope="module", params=[SUB, ROOT], ids=["sub-path", "root"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the toy collection for one address."""
    return made(tmp_path_factory.mktemp("anywhere"), request.param)


def made(folder: Path, address: str) -> Path:
    """Return the site of a toy collection whose address the host says, by the environment."""
    root = toy(folder)
    config = root / "mkdocs.yml"
    named = "site_url: !ENV [OFFPRINT_SITE_URL, 'https://elsewhere.example/']"
    config.write_text(re.sub("site_url: .*", named, config.read_text("utf-8")), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # As GitHub says it: without a slash at its end.
        patch.setenv("OFFPRINT_SITE_URL", address.rstrip("/"))
        result = offprint("build", "--strict", root=root)
    assert result.exit_code == 0, result.output
    return root / "site"


def address_of(site: Path) -> str:
    """Return the address that the site was built for."""
    sitemap = (site / "robots.txt").read_text(encoding="utf-8")
    return sitemap.partition("Sitemap: ")[2].strip().removesuffix("sitemap.xml")


@pytest.fixture
def served(built: Path) -> Iterator[str]:
    """Return where the site is served, below the path that its address has."""
    with ExitStack() as servers:
        yield start(servers, built, urlsplit(address_of(built)).path)


def test_every_link_works_below_its_own_path(built: Path, served: str) -> None:
    """From the home page on, each link, form and file answers, and none leads out of the path."""
    seen: set[str] = set()
    # Nothing leads to a page of the curator's that stands in no menu.
    waiting = [served, f"{served}about/"]
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        with urlopen(url) as answer:
            html = "text/html" in answer.headers["Content-Type"]
            content = answer.read() if html else b""
        waiting += [target for target in links(url, content) if target not in seen]
    pages = {page.parent.relative_to(built).as_posix() for page in built.rglob("index.html")}
    reached = {urlsplit(url).path.removeprefix(urlsplit(served).path).strip("/") for url in seen}
    assert {page for page in pages if page != "."} <= reached


def links(url: str, content: bytes) -> Iterator[str]:
    """Yield where a page of the site leads within it; assert that it stays below the path."""
    served = urlsplit(url)
    for node in LexborHTMLParser(content.decode()).css(_LINKS):
        value = next(filter(None, (node.attributes.get(n) for n in ("href", "src", "action"))), "")
        target = urldefrag(urljoin(url, value.partition("?")[0]))[0]
        # Absolute ones name the address to be, where nothing answers yet.
        if urlsplit(target).netloc == served.netloc:
            yield target


def test_a_lost_reader_finds_back_from_any_depth(served: str) -> None:
    """The page of wrong addresses has links that work wherever it is shown."""
    for lost in ("nowhere", "papers/nowhere/", "a/b/c/d.html"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{served}{lost}")
        content = refused.value.read()
        # The way to the page's own content apart.
        found = set(links(f"{served}{lost}", content)) - {f"{served}{lost}"}
        assert served in found
        for target in found:
            with urlopen(target) as answer:
                assert answer.status == 200


def test_absolute_links_name_the_address_and_are_there(built: Path) -> None:
    """Feeds, sitemap, robots.txt and canonical links name files by the address of the host."""
    address = address_of(built)
    named = {
        url.decode()
        for path in built.rglob("*")
        if path.suffix in {".atom", ".xml", ".html", ".txt"}
        for url in _ABSOLUTE.findall(path.read_bytes())
    }
    assert address in named
    for url in named:
        assert url.startswith(address)
        place = built / url.removeprefix(address)
        assert (place / "index.html" if url.endswith("/") else place).is_file(), url


def test_two_addresses_make_one_site(tmp_path: Path) -> None:
    """Below a path and at a root the files are the same, but for the address itself."""
    trees = []
    for address in (SUB, ROOT):
        folder = tmp_path / str(len(trees))
        folder.mkdir()
        site = made(folder, address)
        path = urlsplit(address).path.encode()
        trees.append(
            {
                file.relative_to(site).as_posix(): plain(file.read_bytes(), address.encode(), path)
                for file in site.rglob("*")
                if file.is_file() and file.suffix != ".gz"
            }
        )
    assert trees[0].keys() == trees[1].keys()
    assert [name for name in trees[0] if trees[0][name] != trees[1][name]] == []


def plain(content: bytes, address: bytes, path: bytes) -> bytes:
    """Return `content` with a sign for the address, and for its path where a page names that."""
    content = content.replace(address, b"<address>").replace(address.rstrip(b"/"), b"<address>")
    # The page of feeds hands addresses to readers on the web as a part of theirs.
    part = quote(address.decode(), safe="").replace("%", "&#37;")
    content = content.replace(part.encode(), b"<address>")
    return re.sub(rb'((?:href|src|action|data-\w+)=")' + re.escape(path), rb"\1<path>", content)


def test_a_domain_of_ones_own_is_copied(tmp_path: Path) -> None:
    """docs/CNAME is in the site; without site_url it gives the address."""
    root = toy(tmp_path)
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs/CNAME").write_text("Papers.example.org\n", encoding="utf-8")
    config = root / "mkdocs.yml"
    config.write_text(re.sub("site_url: .*\n", "", config.read_text("utf-8")), "utf-8")
    result = offprint("build", "--strict", root=root)
    assert result.exit_code == 0, result.output
    assert "site_url is not set" not in result.output
    assert (root / "site/CNAME").read_text(encoding="utf-8") == "Papers.example.org\n"
    assert address_of(root / "site") == "https://papers.example.org/"


def test_a_domain_that_the_address_contradicts_is_told(tmp_path: Path) -> None:
    """Two domains are a note with the file, so that a site that moves can still be published."""
    root = toy(tmp_path)
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs/CNAME").write_text("papers.example.org\n", encoding="utf-8")
    result = offprint("check", "--strict", root=root)
    assert result.exit_code == 0
    said = "docs/CNAME:1: note: names papers.example.org, but site_url is on toy.example"
    assert said in result.output
