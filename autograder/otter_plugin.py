"""Public face: the plugin that a bundle's `otter_config.json` names for stock `otter run`."""

from autograder.platforms.otter.plugin import AutograderPlugin, isolate

__all__ = ["AutograderPlugin", "isolate"]
