"""Documents: parse, chunk, embed, search, answer with citations."""
