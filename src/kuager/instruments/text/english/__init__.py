"""Who is quoted in an English sentence, and from where to where."""
