"""The kinds of pages that the bundled collection has."""

from __future__ import annotations

# Each address with what stands there once the page's scripts are done.
KINDS = {
    "": "main",
    "topics/": "main",
    "topics/speech-synthesis/": "[data-filter]",
    "topics/language-models/?q=model&order=title": "[data-found] .op-entry",
    "digests/": "main",
    "digests/2025-03-14-speech-on-small-devices-physics-in-networks/": "main",
    "papers/pointer-networks/": "main",
    "papers/decoding-speech-from-non-invasive-brain-recordings/": "main",
    "search/": "[data-search-idle]",
    "search/?q=speech+model": "[data-search-results] .op-entry",
    "search/?q=xyzzyxyzzy": "[data-search-status]:not(:empty)",
    "trends/": "main",
    "authors/": "main",
    "authors/yoshua-bengio/": "main",
    "feeds/": "main",
    "status/": "[data-stale]:not([hidden])",
    "404.html": "main",
    "manual/first-digest/": "main",
    "manual/dependencies/": "main",
}
