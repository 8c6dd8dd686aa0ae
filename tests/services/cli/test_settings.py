"""Settings from the environment: production starts with safe ones alone, and says all that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.config import UnsafeSettings, from_environment

SAFE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "PUBLIC_URL": "https://partecipa.example",
    "MAIL_URL": "smtps://user:word@mail.example",
    "CONTACT_EMAIL": "segreteria@citta.example",
}


def test_production_starts_with_safe_settings(tmp_path: Path) -> None:
    settings = from_environment({**SAFE, "DATA_DIR": str(tmp_path)})
    assert (settings.production, settings.secure_cookies, settings.demo) == (True, True, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too short"),
        ("SECRET_KEY", "a" * 40),
        ("DEMO", "1"),
        ("PUBLIC_URL", "http://partecipa.example"),
        ("MAIL_URL", ""),
        ("MAIL_URL", "smtp://"),
        ("CONTACT_EMAIL", ""),
        ("TRUSTED_PROXIES", "²"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_production_refuses_what_would_harm_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        from_environment({**SAFE, "DATA_DIR": str(tmp_path), name: value})
