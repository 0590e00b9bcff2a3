"""All charts as a browser draws them: no text leaves its figure and no two texts meet, phone or desk."""

import json
from pathlib import Path

import plotly
import pytest
from playwright.sync_api import Browser

from pages.shared.charts import CONFIG, Figure, Look
from pages.shared.charts.panels import HALF
from pages.shared.i18n import Text
from pages.shared.theme import DARK, LIGHT
from tests.browser.probes import MISPLACED
from tests.figures import gallery

pytestmark = pytest.mark.browser
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
DRAW = """async ([figures, config]) => {
  for (const [name, width, figure] of figures) {
    const place = document.body.appendChild(document.createElement('div'));
    place.className = 'st-key-' + name.replaceAll(' ', '_');
    place.style = `width: ${width}px; height: ${figure.layout.height}px`;
    await Plotly.newPlot(place, figure.data, figure.layout, config);
  }
}"""


def misplaced(browser: Browser, figures: dict[str, Figure], width: int) -> list[str]:
    """Draw the figures below each other; what stands outside its figure or on another text."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    try:
        page.set_content("<body></body>")
        page.add_script_tag(path=PLOTLY)
        sized = [
            (name, HALF if name.startswith("panel") and width < 400 else width, figure)
            for name, figure in figures.items()
        ]
        page.evaluate(DRAW, [json.loads(json.dumps(sized)), CONFIG])
        return list(page.evaluate(MISPLACED))
    finally:
        page.close()


CHINESE, ENGLISH = Look(LIGHT, Text("zh")), Look(DARK, Text("en"))


@pytest.mark.parametrize(
    ("look", "width"),
    [(CHINESE, 326), (ENGLISH, 326), (ENGLISH, 562), (CHINESE, 900)],
    ids=lambda one: str(one.text.lang if isinstance(one, Look) else one),
)
def test_every_text_has_its_place(browser: Browser, look: Look, width: int) -> None:
    assert misplaced(browser, gallery(look), width) == []


def test_a_label_that_has_no_room_is_noticed(browser: Browser) -> None:
    assert misplaced(browser, {"target": gallery(CHINESE)["target"]}, 200) != []
