"""Other people's Otter bundles: read, refused by name where they ask for too much, and graded."""
