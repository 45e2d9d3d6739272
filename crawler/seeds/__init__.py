"""Loads and validates the reference data in seeds/."""

from crawler.seeds.checking import check_seeds
from crawler.seeds.guidance import load_guidance, load_labels
from crawler.seeds.loading import load_references, seeds_folder

__all__ = ["check_seeds", "load_guidance", "load_labels", "load_references", "seeds_folder"]
