"""Tell how a collection changes: steps of time, and words that rise."""
