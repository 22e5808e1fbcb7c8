"""A link as a QR code: a picture that stands in the page as it is, without script and without any request."""

from __future__ import annotations

from html import escape

QUIET_ZONE = 4  # modules of white on every side (ISO/IEC 18004, 6.3.8)


def qr_code(link: str, label: str) -> str:
    """An `<img>` of the class `dx-qr`: an SVG in its address (`st.html` takes away an `<svg>`), black on white whatever is around.

    The style sheet gives it its width. `label` is what a screen reader says of it. Error correction is M (15 % of it may be
    hidden), or better where that makes the code no larger.
    """
    return f'<img class="dx-qr" alt="{escape(label)}" src="{escape(qr_picture(link))}">'


def qr_picture(link: str) -> str:
    """The picture alone, as a `data:` address."""
    import segno

    code = segno.make_qr(link, error="m")
    return str(
        code.svg_data_uri(
            border=QUIET_ZONE, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True
        )
    )
