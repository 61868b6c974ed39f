"""What Russian and Kazakh share: names and mentions in Cyrillic."""
