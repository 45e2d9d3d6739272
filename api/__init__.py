"""The JSON API, the reader's pages and the curator's desk."""
