"""Nothing a person does here is told to anybody else."""

from __future__ import annotations

from urllib.parse import urlparse

from tests.browser.conftest import Toured

PROBES = ("/_stcore/health", "/_stcore/host-config")


def test_no_request_leaves_this_computer(toured: Toured) -> None:
    places = {
        urlparse(url).hostname for url in toured.tour.requests if not url.startswith(("data:", "blob:"))
    }
    assert places == {"127.0.0.1"}


def test_the_browser_has_nothing_to_complain_about(toured: Toured) -> None:
    """Streamlit itself looks for its base path below the page's path first, and gets two 404s."""
    assert [said for said in toured.tour.complaints if not said.endswith(PROBES)] == []
