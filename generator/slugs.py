"""Give each paper its slug: the remembered one for ever, a new one from its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from generator import identity
from generator.lock import Lock
from generator.matching import keys
from generator.models import Facts


def allot(groups: Sequence[Sequence[Facts]], lock: Lock) -> tuple[list[str], Lock]:
    """Return each paper's slug, and the lock with all keys that were seen now.

    `groups` holds what each paper's mentions say, earliest first. A paper that was two once
    keeps one of the slugs; the other becomes a redirect.
    """
    claims = _Claims(lock)
    mine = [frozenset().union(*map(keys, group)) for group in groups]
    slugs: list[str | None] = [None] * len(groups)
    # Ids before titles: where two papers share a title, the remembered id decides.
    for named in (claims.by_id, claims.by_title):
        for n, own in enumerate(mine):
            if slugs[n] is None:
                slugs[n] = next((s for s in named(own) if claims.take(s)), None)
    given = [
        slug or claims.new(_wished(group[0])) for slug, group in zip(slugs, groups, strict=True)
    ]
    for slug, own in zip(given, mine, strict=True):
        claims.settle(slug, own)
    return given, claims.lock()


class _Claims:
    """Which slug is remembered for which key, and which papers hold it now."""

    def __init__(self, lock: Lock) -> None:
        self._keys = {slug: set(known) for slug, known in lock.keys.items()}
        self._redirects = dict(lock.redirects)
        self._used: set[str] = set()
        self._owners: dict[str, list[str]] = defaultdict(list)
        for slug in sorted(lock.keys):
            for key in lock.keys[slug]:
                self._owners[key].append(lock.slug_of(slug))

    def by_id(self, own: Iterable[str]) -> list[str]:
        """Return the remembered slugs of the paper's arXiv id or DOI."""
        return self._of(key for key in own if not key.startswith("title:"))

    def by_title(self, own: frozenset[str]) -> list[str]:
        """Return the remembered slugs of the paper's titles, unless another id stands there."""
        found = self._of(key for key in own if key.startswith("title:"))
        return [slug for slug in found if not _other_id(own, self._keys.get(slug, ()))]

    def _of(self, wanted: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(s for key in sorted(wanted) for s in self._owners.get(key, ())))

    def take(self, slug: str) -> bool:
        """Return whether `slug` was free; from now on it is not."""
        free = slug not in self._used
        self._used.add(slug)
        return free

    def new(self, wished: str) -> str:
        """Return a slug like `wished` that was never given to another paper."""
        slug = identity.unique_slug(wished, self._keys.keys() | self._redirects.keys() | self._used)
        self._used.add(slug)
        return slug

    def settle(self, slug: str, own: frozenset[str]) -> None:
        """Remember the paper's keys, and lead its other remembered slugs to this one."""
        for old in (*self.by_id(own), *self.by_title(own)):
            if old not in self._used:
                self._redirects[old] = slug
        self._keys.setdefault(slug, set()).update(own)

    def lock(self) -> Lock:
        """Return all that is remembered now; a redirected slug hands its keys on."""
        after = Lock(redirects=self._redirects)
        remembered: dict[str, set[str]] = defaultdict(set)
        for slug, known in self._keys.items():
            remembered[after.slug_of(slug)] |= known
        return Lock({slug: frozenset(k) for slug, k in remembered.items() if k}, self._redirects)


def _other_id(own: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether both have arXiv ids and none in common."""
    ours = {key for key in own if key.startswith("arxiv:")}
    known = {key for key in theirs if key.startswith("arxiv:")}
    return bool(ours and known and ours.isdisjoint(known))


def _wished(facts: Facts) -> str:
    """Return the slug that a new paper would like: from its title, else from its id."""
    for text in (facts.title, facts.arxiv or "", facts.doi or ""):
        if len(found := identity.slug(text)) > 1:
            return found
    return "paper"
