"""Stock Otter, isolated by a plugin of ours."""
