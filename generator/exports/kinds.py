"""Tell what kind of thing a paper is, by BibTeX's types: by its source's word, else by its venue.

Most digests name a venue and no kind. The venue tells where a reader would know it too: by words
such as `Proceedings` and `Journal`, or because it is a well-known meeting or journal. All others
are `misc`, as are preprints: arXiv's own BibTeX has them so.
"""

from __future__ import annotations

import re

from generator.models import Facts
from generator.text import word_set, words

KINDS = frozenset(
    {"article", "book", "booklet", "dataset", "inbook", "incollection", "inproceedings", "manual"}
    | {"mastersthesis", "misc", "online", "phdthesis", "software", "techreport"}
    | {"unpublished"}
)
"""Types of BibTeX, and those of BibLaTeX that no other stands for."""
_ALIASES = {
    **dict.fromkeys(("conference", "conferencepaper", "paperconference"), "inproceedings"),
    **dict.fromkeys(("journalarticle", "articlejournal"), "article"),
    **{
        "report": "techreport",
        "thesis": "phdthesis",
        "electronic": "online",
        "proceedings": "book",
    },
}
_REPOSITORY = re.compile(r"(?:arxiv|corr)\b", re.IGNORECASE)
_IN_JOURNAL = re.compile(
    # `25(49)` and `vol. 65, no. 4`; meetings that print their papers as issues of a journal.
    r"\d\(\d+\)|\bvol\b.{1,30}\bno\b"
    r"|^proceedings of the (?:acm on|ieee$|vldb endowment|national academy|royal society)",
    re.IGNORECASE,
)
_JOURNAL = word_set(
    "journal transactions trans letters annals magazine nature pnas bioinformatics"
    " jmlr tmlr tacl tpami tnnls tkde tois tods taslp toplas cacm jair ijcv"
)
_MEETING = word_set(
    "proceedings proc conference conf symposium workshop workshops findings"
    " aaai aacl aamas accv acl acml aistats asru bmvc cav ccs cikm clef coling collas colm colt"
    " conll corl cscw cvpr cvprw eacl eccv ecai ecir ecml emnlp eusipco facct focs fse fsttcs"
    " icann icassp iccv iccvw icdar icde icdm icip iclr icml icmr icpr icra icse ijcai ijcb ijcnlp"
    " ijcnn interspeech iros isca ismir issta iswc iui kdd kr lrec miccai mlsys mmasia"
    " naacl ndss neurips nips nsdi osdi pakdd pldi podc podl pods popl recsys rss sigcomm siggraph"
    " sigir sigmod soda sosp stoc tacas uai uist usenix vldb wacv waspaa wmt wsdm www"
)


def kind_of(facts: Facts) -> str:
    """Return one of `KINDS`."""
    told = (facts.kind or "").lower().replace("-", "").replace(" ", "")
    told = _ALIASES.get(told, told)
    if in_repository(facts):
        return "misc" if told in {"", "article"} else _known(told)
    return _known(told) if told else _of_venue(facts)


def in_repository(facts: Facts) -> bool:
    """Return whether the venue only says that the paper is at arXiv."""
    return bool(facts.arxiv and _REPOSITORY.match(facts.venue or ""))


def _known(kind: str) -> str:
    return kind if kind in KINDS else "misc"


def _of_venue(facts: Facts) -> str:
    venue = facts.venue or ""
    if _IN_JOURNAL.search(venue) or (facts.doi or "").startswith("10.1016/j."):
        return "article"
    said = set(words(venue))
    if said & _MEETING:
        return "inproceedings"
    return "article" if said & _JOURNAL else "misc"
