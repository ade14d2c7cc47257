"""Numbers, dates, units and standing notes in words for a reader."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal

from geo import catalogs, dates
from geo.model import Atlas, Claim, Feature, Layer, Source, Stated, Value, is_date
from geo.vocab import Qualifier, Status, Worldview


def mark(text: str) -> str:
    """Mark our own words that stand apart from where they are shown, so that they are translated."""
    return text


#: Territories of published figures, in neutral words.
TERRITORIES = {
    "PK-GB": mark("Gilgit-Baltistan"),
    "PK-IS": mark("Islamabad Capital Territory"),
    "PK-KP": mark("Khyber Pakhtunkhwa"),
    "PK-PB": mark("Punjab"),
    "PK-SD": mark("Sindh"),
    "PK-BA": mark("Balochistan"),
    "PK-JK": mark("Azad Jammu and Kashmir"),
}

#: How an amount is written, by currency.
MONEY = {
    "USD": mark("US${amount}"),
    "PKR": mark("Rs{amount}"),
    "CNY": mark("CN¥{amount}"),
}
#: From here on an amount of money is written with a word: million, 万, کروڑ.
_LARGE = 10**6
#: What ends a sentence, by language; English where it is not named.
_STOPS = {"zh": "。", "ur": "۔"}
_ENDS = (".", "!", "?", "…", "。", "！", "？", "۔", "؟")


def message(text: str, lang: str = "en") -> str:
    """Give our own words in a language; English where nobody has translated them."""
    return catalogs.translations(lang).gettext(text)


def comma(lang: str = "en") -> str:
    """Give what stands between the words of a list (CLDR)."""
    between: str = Locale.parse(lang).list_patterns["standard"]["middle"]
    return between.removeprefix("{0}").removesuffix("{1}")


def listed(words: Iterable[str], lang: str = "en") -> str:
    """
    Write words beside each other.

    Examples
    --------
    >>> listed(["port", "fiber"]), listed(["港口", "光纤"], "zh")
    ('port, fiber', '港口、光纤')
    """
    return comma(lang).join(words)


def counted(one: str, many: str, n: int, lang: str = "en") -> str:
    """
    Give our own words for a number of things, with the number in them.

    Examples
    --------
    >>> counted("{n} thing", "{n} things", 1), counted("{n} thing", "{n} things", 1200)
    ('1 thing', '1,200 things')
    """
    return catalogs.translations(lang).ngettext(one, many, n).format(n=number(n, lang))


def messages(texts: Mapping[str, str], lang: str = "en") -> dict[str, str]:
    """Give a set of our own words in a language, by the same names."""
    return {name: message(text, lang) for name, text in texts.items()}


@lru_cache(maxsize=4096)
def number(value: float, lang: str = "en") -> str:
    """
    Write a number for a reader, at no more than two decimals.

    Examples
    --------
    >>> number(7990.0)
    '7,990'
    """
    return format_decimal(round(value, 2), locale=lang)


@lru_cache(maxsize=4096)
def day(text: str, lang: str = "en") -> str:
    """
    Write an EDTF date in words, no surer than it is.

    Examples
    --------
    >>> day("2018-07-13"), day("2024-08"), day("2019~"), day("2021?")
    ('July 13, 2018', 'August 2024', 'about 2019', '2021 (uncertain)')
    >>> day("2023-05-24/2023-05-28")
    'May 24–28, 2023'
    """
    if "/" in text:
        first, last = dates.bounds(text)
        begin, end = text.split("/")
        if first == date.min:
            return f"{message('by', lang)} {day(end, lang)}"
        if last == date.max:
            return f"{message('from', lang)} {day(begin, lang)}"
        return _between(first, last, begin, end, lang)
    plain = text.rstrip("~?%")
    first, _ = dates.bounds(plain)
    skeleton = {4: "y", 7: "yMMMM"}.get(len(plain))
    words = (
        format_skeleton(skeleton, first, locale=lang)
        if skeleton
        else format_date(first, "long", locale=lang)
    )
    if text.endswith("~"):
        return f"{message('about', lang)} {words}"
    if text.endswith(("?", "%")):
        return f"{words} ({message('uncertain', lang)})"
    return words


def _between(first: date, last: date, begin: str, end: str, lang: str) -> str:
    if len(begin) == len(end) == len("2023-05-24") and (first.year, first.month) == (
        last.year,
        last.month,
    ):
        words = format_interval(first, last, skeleton="yMMMMd", locale=lang)
        return words.replace("\u2009", "")  # CLDR's thin spaces are missing from many fonts
    joint = message("and", lang)
    return f"{message('between', lang)} {day(begin, lang)} {joint} {day(end, lang)}"


def value(
    property_: str, stated: Value, qualifier: Qualifier | None = None, lang: str = "en"
) -> str:
    """
    Write a value with its unit and the source's own hedge.

    Examples
    --------
    >>> value("published_length_km", 820), value("cost_usd", 44e6, Qualifier.ABOUT)
    ('820 km', 'about US$44 million')
    """
    hedge = f"{message(qualifier.label, lang)} " if qualifier else ""
    return hedge + _value(property_, stated, lang)


def _value(property_: str, stated: Value, lang: str) -> str:
    unit = unit_of(property_)
    if isinstance(stated, bool):
        return message("yes" if stated else "no", lang)
    if isinstance(stated, int | float):
        return _quantity(stated, unit, lang)
    if isinstance(stated, Mapping):
        members = (
            f"{message(TERRITORIES[name], lang) if name in TERRITORIES else name} {number(amount, lang)}"
            for name, amount in stated.items()
        )
        return " + ".join(members) + (f" {message(unit, lang)}" if unit else "")
    if isinstance(stated, tuple):
        return listed(stated, lang)
    return _words(property_, stated, lang)


def _words(property_: str, stated: str, lang: str) -> str:
    if property_ == "status":
        return message(Status(stated).label, lang)
    return day(stated, lang) if is_date(property_) else stated


def unit_of(property_: str) -> str | None:
    """Unit of a stated property; None where it has none or is unknown."""
    field = Stated.model_fields.get(property_)
    extra = field.json_schema_extra if field else None
    unit = extra.get("unit") if isinstance(extra, dict) else None
    return unit if isinstance(unit, str) else None


def label_of(property_: str, lang: str = "en") -> str:
    """Words for a stated property."""
    field = Stated.model_fields.get(property_)
    return message(field.description or property_, lang) if field else property_


def _quantity(amount: float, unit: str | None, lang: str) -> str:
    if unit in MONEY:
        words = _large(amount, lang) if amount >= _LARGE else number(amount, lang)
        return message(MONEY[unit], lang).format(amount=words)
    if unit is None:
        return number(amount, lang)
    if unit == "%":
        return f"{number(amount, lang)}%"
    return f"{number(amount, lang)} {message(unit, lang)}"


def _large(amount: float, lang: str) -> str:
    """Write a large number with the words of the language: 44 million, 4400万."""
    has_long = "long" in Locale.parse(lang).compact_decimal_formats
    return format_compact_decimal(
        amount, format_type="long" if has_long else "short", locale=lang, fraction_digits=4
    )


def distance(meters: float, lang: str = "en") -> str:
    """
    Write a likely error: meters below one kilometer, else kilometers.

    Examples
    --------
    >>> distance(500), distance(1500)
    ('500 m', '1.5 km')
    """
    if meters < 1000:  # noqa: PLR2004
        return f"{number(meters, lang)} {message('m', lang)}"
    return length(meters / 1000, lang)


def length(kilometers: float, lang: str = "en") -> str:
    """
    Write a length.

    Examples
    --------
    >>> length(820)
    '820 km'
    """
    return f"{number(kilometers, lang)} {message('km', lang)}"


def source_date(source: Source, lang: str = "en") -> str:
    """Date of a source as it is known."""
    return day(source.published, lang) if source.published else message("undated", lang)


def source_line(source: Source, lang: str = "en") -> str:
    """Publisher and date, as after a quote."""
    return f"{source.publisher}, {source_date(source, lang)}"


def read_state(source: Source, lang: str = "en") -> str:
    """Say what of a source was read, or, once its page was checked, what became of that."""
    check = source.page_check
    if check is None:
        return message(source.read.label, lang)
    when = message("checked {date}", lang).format(date=day(check.checked, lang))
    return f"{message(check.state.label, lang)} ({when})"


def claim_value(claim: Claim, lang: str = "en") -> str:
    """Write what a claim states."""
    return value(claim.property, claim.value, claim.qualifier, lang)


def searched(atlas: Atlas, lang: str = "en") -> str:
    """How far sources were searched."""
    return message("searched to {date}", lang).format(date=day(atlas.searched_to, lang))


def as_known(on: str, lang: str = "en") -> str:
    """
    Say of which day something is.

    Examples
    --------
    >>> as_known("2018-07-13")
    'As known on July 13, 2018'
    """
    return message("As known on {date}", lang).format(date=day(on, lang))


def boundary_note(worldview: Worldview, lang: str = "en") -> str:
    """Give the standing note, which names the boundary view."""
    note = message(
        "Boundaries and names are those of the base map and imply no position on any territory. "
        "Dotted line: approximate Line of Control; final status of Jammu and Kashmir not agreed by "
        "the parties. Lines marked schematic are not surveyed routes.",
        lang,
    )
    view = message("Boundary view: {name}.", lang).format(name=message(worldview.label, lang))
    meaning = message(worldview.meaning, lang)
    return f"{note} {view} {meaning}"


def attribution() -> str:
    """Credits that the licences of the data ask for or that courtesy asks."""
    return "Natural Earth · GeoNames (CC BY 4.0) · relief: NOAA GLOBE 1999 · Leaflet"


def sentence(words: str, lang: str = "en") -> str:
    """
    Write words as a sentence of their own.

    Examples
    --------
    >>> sentence("claimed, not a cable"), sentence("OFC-1 ends here.")
    ('Claimed, not a cable.', 'OFC-1 ends here.')
    """
    end = "" if words.endswith(_ENDS) else _STOPS.get(lang, ".")
    return words[:1].upper() + words[1:] + end


def named(feature: Feature, lang: str = "en") -> str:
    """Name a feature in a language; in English where it has no such name."""
    names = {"ur": feature.properties.name_ur, "zh": feature.properties.name_zh}
    return names.get(lang) or feature.properties.name


def titled(layer: Layer, lang: str = "en") -> str:
    """Give the title of a layer in a language; in English where it has no such title."""
    titles = {"ur": layer.title_ur, "zh": layer.title_zh}
    return titles.get(lang) or layer.title


def country(code: str, lang: str = "en") -> str:
    """
    Name a country by its ISO 3166 code; the code itself where it is not known.

    Examples
    --------
    >>> country("KZ"), country("XQ")
    ('Kazakhstan', 'XQ')
    """
    return str(Locale.parse(lang).territories.get(code, code))


def translator(lang: str = "en") -> Callable[[str], str]:
    """Give `message` for one language, as templates call it."""
    return lambda words: message(words, lang)
