"""The console command `parere`: the same verbs as the pages, for operators. Errors name the line and the remedy."""
