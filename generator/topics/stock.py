"""Name the words that stand around and between the terms of a field, in abstracts of any field."""

from __future__ import annotations

from lunr.stop_word_filter import WORDS as STOP_WORDS

from generator.text import word_set

ARTICLES = word_set("a an the this these those its our their each every some any")
BEFORE_NOUNS = ARTICLES | word_set("of for in on with by from and as between using via")
BEFORE_VERBS = word_set(
    "we to is are can will it they that which i could would should be has have was were must may"
    " might not who you cannot also then does do did been"
)
SMALL = (
    STOP_WORDS
    | BEFORE_NOUNS
    | BEFORE_VERBS
    | word_set(
        "toward towards without within against during per both more less such through under over"
        " further well two three four one first second new based many much very several recent"
        " recently existing current currently same different various others even still thus hence"
        " therefore moreover furthermore additionally finally especially upon onto out up down eg"
        " ie et al respectively ii iii vs etc here being"
    )
    | frozenset("的了是在和与及对为中我们这其以于被有而并不也从到个一种")
)
"""No part of a term. Chinese has its own among the characters."""

STOCK = word_set(
    "novel learn learnable generated enhanced improved advanced unified framework proposed"
    " efficient effective robust general simple fast better best good high low large small"
    " strong significant important key main"
    " comprehensive extensive empirical experimental state-of-the-art end-to-end large-scale"
    " real-world high-quality open-source previous prior available potential specific particular"
    " single multiple diverse certain known common similar additional paper work study survey"
    " overview review report tutorial introduction perspective analysis investigation exploration"
    " evaluation evaluating comparison assessment approach method methodology technique result"
    " experiment performance improvement advantage effectiveness efficiency accuracy quality"
    " quantity problem task issue challenge question solution way case example number set setting"
    " use usage application implementation code project website author researcher community"
    " benchmark dataset baseline ability capability limitation advance advancement progress finding"
    " insight contribution direction era future evidence aspect scenario domain field area variety"
    " range lack need gap cost order amount level rate step stage part form type kind technical"
    " rethinking improving enhancing understanding exploring investigating evaluate improve"
)
"""They begin no name of a subject and end none. In the singular."""

GENERIC = word_set(
    "model network system learning data algorithm training architecture feature representation"
    " function process structure generation prediction classification information input output"
    " sample parameter layer theory time space design computing inference generalization"
    " optimization modeling modelling decision estimation content context pipeline strategy"
    " mechanism knowledge selection synthesis detection recognition extraction module"
    " series class label object agentic ai"
)
"""They are part of names, but make none among themselves. In the singular."""
