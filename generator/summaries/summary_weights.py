"""How much each feature of a sentence counts, in hundredths of ROUGE.

Learned on the training part of SciTLDR-A (1,992 papers; Cachola and others 2020,
Apache-2.0) by benchmarks/quality/summaries.py, which prints this file again.
"""

WEIGHTS = {
    "we": 1.85,
    "adds": -2.22,
    "offers": 2.31,
    "tests": -1.53,
    "paper": 7.93,
    "our": 1.41,
    "mentions_we": 1.43,
    "new": 2.79,
    "purpose": 1.41,
    "length": 1.37,
    "excess": -1.97,
    "first": 2.87,
    "place": 0.99,
    "first_we": 4.26,
    "before_we": -0.71,
    "after_we": 1.22,
    "first_offer": 3.12,
    "title_shared": 17.91,
    "title_part": 5.91,
    "coverage": 4.7,
    "likeness": 18.63,
    "most_alike": 1.06,
}
