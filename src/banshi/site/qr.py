"""The address of a page as a QR code, for the sheet that was printed of it."""

from markupsafe import Markup


def qr(address: str) -> Markup:
    """An SVG, black: it is shown on paper only."""
    import segno  # only where a site knows its address

    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, dark="black", omitsize=True, title="本页网址的二维码", lineclass=None, svgclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn by the library, with nothing in it but squares and our title
