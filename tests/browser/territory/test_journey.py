"""A file of Comuni from the desk of the secretariat to the public list, at three widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.request_link import issue_link
from portal.kernel.actor import Actor
from portal.kernel.clock import now
from portal.kernel.offices import Office
from tests import factories
from tests.fixtures.browser import OpenPage, axe_violations, sideways

pytestmark = [pytest.mark.browser, pytest.mark.once]

CSV = "istat,name,population,lat,lon,unione\n" + "\n".join(
    f"90000{n},Comune {n},{n}000,{41 + n / 10},{14 + n / 10},{'Unione Alta' if n < 3 else ''}" for n in range(1, 6)
)


def look(page: Page, script: bool) -> None:
    assert sideways(page) == 0
    if script:  # axe itself is one
        assert axe_violations(page) == []


@pytest.mark.parametrize(("width", "script"), [(320, True), (360, False), (1280, True)])
def test_a_file_is_seen_before_it_is_imported(open_page: OpenPage, tmp_path: Path, width: int, script: bool) -> None:
    factories.mandate(factories.person("Segreteria", "segreteria@ente.example"), factories.city(), Office.SECRETARIAT)
    token = issue_link(Actor.system(), "segreteria@ente.example", now=now())
    page = open_page(f"/accesso/{token}?next=/segreteria/enti/importa", width=width, script=script)
    page.locator("main button").click()
    page.check("#read")
    page.get_by_role("button", name="Prosegui").click()
    expect(page.locator("#file")).to_be_visible()
    look(page, script)

    wrong, right = tmp_path / "wrong.csv", tmp_path / "comuni.csv"
    wrong.write_text(CSV + "\n9,,x,1,1,")
    right.write_text(CSV)
    page.set_input_files("#file", wrong)
    page.fill("#source", "ISTAT")
    page.fill("#date", "2025-12-31")
    page.get_by_role("button", name="Mostra che cosa cambierebbe").click()
    expect(page.locator("#errors")).to_contain_text("Riga 7")
    look(page, script)

    page.set_input_files("#file", right)
    page.get_by_role("button", name="Mostra che cosa cambierebbe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Che cosa cambia con l’importazione")
    look(page, script)
    page.get_by_role("button", name="Importa", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("5 righe")
    look(page, script)

    page.get_by_role("link", name="Unione Alta").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unione Alta")
    look(page, script)
    page.get_by_role("link", name="Correggi").click()
    page.wait_for_url("**/segreteria/enti/**")
    look(page, script)
