"""Records as JSON: the only place that spells the API's field names."""

from api.serialize.basics import (
    Json,
    lender_reference,
    moment,
    page_of_items,
    provenance,
    topic_reference,
)
from api.serialize.found import facets_record, hit_record, search_record, suggestions
from api.serialize.guidance import (
    Judged,
    citation_record,
    citation_summary,
    guidance_company,
    guidance_item,
    guidance_record,
    is_outdated,
    sibling_record,
    source_record,
    version_record,
)
from api.serialize.house import (
    complaint_record,
    hotline_record,
    house_item,
    house_record,
    platform_record,
    topic_record,
)
from api.serialize.reference_data import (
    lender_item,
    lender_record,
    statute_item,
    statute_record,
    topic_item,
)
from api.serialize.service import (
    change_record,
    changes_record,
    checked_text,
    lookup_record,
    statistics,
)

__all__ = [
    "Json",
    "Judged",
    "change_record",
    "changes_record",
    "checked_text",
    "citation_record",
    "citation_summary",
    "complaint_record",
    "facets_record",
    "guidance_company",
    "guidance_item",
    "guidance_record",
    "hit_record",
    "hotline_record",
    "house_item",
    "house_record",
    "is_outdated",
    "lender_item",
    "lender_record",
    "lender_reference",
    "lookup_record",
    "moment",
    "page_of_items",
    "platform_record",
    "provenance",
    "search_record",
    "sibling_record",
    "source_record",
    "statistics",
    "statute_item",
    "statute_record",
    "suggestions",
    "topic_item",
    "topic_record",
    "topic_reference",
    "version_record",
]
