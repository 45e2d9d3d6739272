"""The curation pipeline: fetch pages, extract articles, annotate, group and store them."""
