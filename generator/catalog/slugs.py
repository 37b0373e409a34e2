"""Give each paper its slug: the remembered one for ever, a new one from its title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from generator import identity
from generator.catalog.matching import keys as keys_of
from generator.catalog.profiles import profile
from generator.lock import Lock
from generator.models import Facts


def allot(groups: Sequence[Sequence[Facts]], lock: Lock) -> tuple[list[str], Lock]:
    """Return each paper's slug, and the lock with all keys that were seen now.

    `groups` holds what each paper's mentions say, earliest first. A paper that was two once
    keeps one of the slugs; the other becomes a redirect.
    """
    claims = _Claims(lock)
    mine = [_keys(group) for group in groups]
    slugs: list[str | None] = [None] * len(groups)
    # Ids before titles: where two papers share a title, the remembered id decides, then the
    # remembered first author.
    wishes = [dict.fromkeys(map(_wished, group)) for group in groups]
    for named in (claims.by_id, claims.by_year, claims.by_author, claims.by_title):
        # What is parted again keeps the slug that is its own title's.
        for namesake in (True, False):
            for n, own in enumerate(mine):
                if slugs[n] is None:
                    known = named(own)
                    found = [s for s in wishes[n] if s in known] if namesake else known
                    slugs[n] = next((s for s in found if claims.take(s)), None)
    given = [
        slug or claims.new(_wished(group[0]), own)
        for slug, group, own in zip(slugs, groups, mine, strict=True)
    ]
    for slug, own in zip(given, mine, strict=True):
        claims.settle(slug, own)
    return given, claims.lock()


def _keys(group: Sequence[Facts]) -> frozenset[str]:
    """Return all that identifies a paper."""
    return frozenset(title_keys(group)).union(*map(keys_of, group))


def title_keys(group: Sequence[Facts]) -> list[str]:
    """Return `title:…` of each mention, and `title:…@first-author` and `…@author+year`.

    They tell papers of one title apart that have no ids.
    """
    found: dict[str, None] = {}
    for facts in group:
        title = identity.fingerprint(facts.title)
        if not title:
            continue
        key = f"title:{title}"
        found[key] = None
        who = profile(facts)
        if who.authors:
            found[f"{key}@{who.authors[0].last}"] = None
            if who.year:
                found[f"{key}@{who.authors[0].last}+{who.year}"] = None
    return list(found)


class _Claims:
    """Which slug is remembered for which key, and which papers hold it now."""

    def __init__(self, lock: Lock) -> None:
        self._keys = {slug: set(known) for slug, known in lock.keys.items()}
        self._redirects = dict(lock.redirects)
        self._used: set[str] = set()
        self._taken = {*self._keys, *self._redirects}
        """Every slug that was ever given to a paper."""
        self._numbers: dict[str, int] = {}
        """The number that the next paper of a taken slug tries first."""
        self._owners: dict[str, list[str]] = defaultdict(list)
        for slug in sorted(lock.keys):
            for key in lock.keys[slug]:
                self._owners[key].append(lock.slug_of(slug))

    def by_id(self, own: Iterable[str]) -> list[str]:
        """Return the remembered slugs of the paper's arXiv id or DOI."""
        return self._of(key for key in own if not key.startswith("title:"))

    def by_year(self, own: Iterable[str]) -> list[str]:
        """Return the remembered slugs of title, first author and year."""
        return self._of(key for key in own if "+" in key)

    def by_author(self, own: Iterable[str]) -> list[str]:
        """Return the remembered slugs of title and first author."""
        return self._of(key for key in own if "@" in key and "+" not in key)

    def by_title(self, own: frozenset[str]) -> list[str]:
        """Return the remembered slugs of the titles, unless another paper stands there."""
        found = self._of(key for key in own if key.startswith("title:") and "@" not in key)
        return [slug for slug in found if not _other_paper(own, self._keys.get(slug, ()))]

    def _of(self, wanted: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(s for key in sorted(wanted) for s in self._owners.get(key, ())))

    def take(self, slug: str) -> bool:
        """Return whether `slug` was free; from now on it is not."""
        free = slug not in self._used
        self._used.add(slug)
        return free

    def new(self, wished: str, own: frozenset[str]) -> str:
        """Return a slug like `wished` that was never given to another paper.

        A paper that was merged with another and is itself again gets its old slug back.
        """
        heir = Lock(redirects=self._redirects).slug_of(wished)
        if wished in self._redirects and not own.isdisjoint(self._keys.get(heir, ())):
            del self._redirects[wished]
            self._used.add(wished)
            self._keys[heir] -= own
            return wished
        slug = identity.unique_slug(wished, self._taken, self._numbers.get(wished, 2))
        if slug != wished:
            # Thousands of papers may have one title: each must not try all numbers again.
            self._numbers[wished] = int(slug.rpartition("-")[2]) + 1
        self._used.add(slug)
        self._taken.add(slug)
        return slug

    def settle(self, slug: str, own: frozenset[str]) -> None:
        """Remember the paper's keys, and lead its other remembered slugs to this one."""
        for old in (*self.by_id(own), *self.by_author(own), *self.by_title(own)):
            if old not in self._used and not _other_year(own, self._keys.get(old, ())):
                self._redirects[old] = slug
        # Ids tell papers apart for ever; only without one the author must be remembered.
        named = any(not key.startswith("title:") for key in own)
        self._keys.setdefault(slug, set()).update(k for k in own if not named or "@" not in k)

    def lock(self) -> Lock:
        """Return all that is remembered now; a redirected slug hands its keys on."""
        after = Lock(redirects=self._redirects)
        remembered: dict[str, set[str]] = defaultdict(set)
        for slug, known in self._keys.items():
            remembered[after.slug_of(slug)] |= known
        return Lock({slug: frozenset(k) for slug, k in remembered.items() if k}, self._redirects)


def _other_paper(own: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether both have arXiv ids, or first authors, and none in common."""
    return _apart(own, theirs, "^(arxiv:.*)") or _apart(own, theirs, "@([^+]+)")


def _other_year(own: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether both have years, and none in common: another year's editorial."""
    return _apart(own, theirs, r"\+(\d+)$")


def _apart(own: Iterable[str], theirs: Iterable[str], pattern: str) -> bool:
    ours, known = (
        {found[1] for key in keys if (found := re.search(pattern, key))} for keys in (own, theirs)
    )
    return bool(ours and known and ours.isdisjoint(known))


def _wished(facts: Facts) -> str:
    """Return the slug that a new paper would like: from its title, else from its id."""
    for text in (facts.title, facts.arxiv or "", facts.doi or ""):
        if len(found := identity.slug(text)) > 1:
            return found
    return "paper"
