"""Logos, photos and signatures: checked, made small, and carried inside the page as data."""

import base64
import io
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from runtime.errors import InvalidInput

LARGEST = 5_000_000
"""Bytes of an image file that is opened at all."""
MOST_PIXELS = 40_000_000
_KINDS = ("PNG", "JPEG", "WEBP", "GIF")


class BadImage(InvalidInput):
    """Not a picture that can be printed."""

    code = "bad_image"


@lru_cache(maxsize=64)
def data_uri(content: bytes, pixels: int = 480) -> str:
    """An image file as a data URI, at most `pixels` wide and high; a picture of another kind is refused.

    Errors: bad_image (too large, SVG or another program's file, damaged, absurd dimensions).
    """
    if len(content) > LARGEST:
        raise BadImage(
            f"The picture has {len(content) / 1_000_000:.1f} MB; {LARGEST // 1_000_000} MB is the most. Send a smaller one."
        )
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadImage(
                    f"The picture has {opened.width} × {opened.height} pixels. Send one of 2000 × 2000 or less."
                )
            opened.thumbnail((pixels, pixels))
            photo = opened.format == "JPEG"
            picture = opened.convert("RGB" if photo else "RGBA")
    except BadImage:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadImage(
            "This is not a picture that can be printed, whatever its name says. Send a PNG or JPEG file."
        ) from None
    written = io.BytesIO()
    if photo:
        picture.save(written, "JPEG", quality=85)
    else:
        picture.save(written, "PNG", optimize=True)
    kind = "jpeg" if photo else "png"
    return f"data:image/{kind};base64,{base64.b64encode(written.getvalue()).decode()}"
