"""Loads and validates the reference data in seeds/."""

from crawler.seeds.loading import load_references, seeds_folder

__all__ = ["load_references", "seeds_folder"]
