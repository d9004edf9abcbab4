"""`make pythons`: the course on the Pythons of other Debian releases."""
