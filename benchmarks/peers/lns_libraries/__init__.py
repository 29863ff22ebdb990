"""Published libraries of large neighbourhood search, on the encodings of this program."""

from .engine import alaspo, fastlane

__all__ = ["alaspo", "fastlane"]
