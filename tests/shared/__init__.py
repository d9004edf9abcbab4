"""What several tests share: small courses, classes, other people's bundles."""
