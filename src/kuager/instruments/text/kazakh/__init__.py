"""Who is quoted in a Kazakh sentence, by its endings and its verbs at the end."""
