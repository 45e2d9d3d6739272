"""A name that the text itself explains as a former one gets no badge that says it holds."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("text", "badge", "absent"),
    [
        ("依据已废止的《合同法》第二百条办理。", "文中已说明", ">现行<"),
        ("依据《合同法》第二百条办理。", "已废止", "文中已说明"),
        ("依据《民法典》第六百七十条办理。", ">现行<", "文中已说明"),
    ],
)
def test_badges_of_the_checker(client: FlaskClient, text: str, badge: str, absent: str) -> None:
    page = client.post("/check", data={"text": text}).get_data(as_text=True)
    shown = page.split("<form", 1)[0]
    assert badge in shown
    assert absent not in shown
