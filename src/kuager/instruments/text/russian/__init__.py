"""Who is quoted in a Russian sentence, by its cases and its verbs."""
