"""What one picture of a page shows, where the finding of the page is that of its first."""

import math

from mapping.figures.pictures import ChartPicture, Picture
from mapping.words import Words


def finding_of(picture: Picture, words: Words) -> str:
    """Return the highest bar of a chart in words; empty for other pictures, and where no bar stands out."""
    if not isinstance(picture, ChartPicture) or picture.kind != "bars" or len(picture.series) != 1:
        return ""
    [shown] = picture.series
    bars = [
        (value, name, printed)
        for value, name, printed in zip(shown.values, picture.categories, shown.printed, strict=False)
        if not math.isnan(value)
    ]
    highest = sorted(bars, key=lambda bar: -bar[0])[:2]
    if len(highest) < 2 or highest[0][0] == highest[1][0]:
        return ""
    _, name, printed = highest[0]
    return words.text("{title} – highest: {name} ({value})", title=picture.title, name=name, value=printed)
