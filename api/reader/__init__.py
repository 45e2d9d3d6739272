"""The reader: guidance as web pages, in Chinese below / and in English below /en/."""

from api.reader.routes import make_blueprint

BLUEPRINTS = (make_blueprint("zh"), make_blueprint("en"))

__all__ = ["BLUEPRINTS"]
