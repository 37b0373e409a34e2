"""How good the judgements are, on public labelled data that nobody here wrote."""
