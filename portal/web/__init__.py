"""Pages: a door without rules. Form in, verb, words out, a redirect. GET never writes."""
