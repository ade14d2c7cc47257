"""Names of countries, divisions and disputed areas, in the dossier's neutral wording."""

from dataclasses import dataclass, replace
from typing import Any

MIN_ZOOMS = {1: 4, 2: 5, 3: 6, 4: 7, 5: 8}
"""Zoom from which a label or place of a rank is shown; countries of rank 1 come first."""


@dataclass(frozen=True)
class Label:
    """
    A name on the map.

    Parameters
    ----------
    key
        Name of the polygon it stands in, or Natural Earth's country code (``ADM0_A3``).
    name, name_ur, name_zh
        English, Urdu and Chinese; "" when not certain.
    rank
        Smaller is shown at lower zoom.
    translated
        Languages whose name is a draft of ours, in no source.
    at
        Our own label point (lon, lat), where Natural Earth's lies outside the map.
    """

    key: str
    name: str
    name_ur: str
    name_zh: str
    rank: int
    translated: tuple[str, ...] = ()
    at: tuple[float, float] | None = None

    def with_names(self, fields: dict[str, Any]) -> "Label":
        """Fill names left empty from Natural Earth's country row."""
        return replace(
            self,
            name_ur=self.name_ur or fields["NAME_UR"],
            name_zh=self.name_zh or fields["NAME_ZH"],
        )


OURS = ("ur", "zh")

COUNTRY_LABELS = (
    Label("PAK", "Pakistan", "", "", 1),
    # Natural Earth has the long form in Urdu and Chinese, and a point at 106° E.
    Label("CHN", "China", "چین", "中国", 1, OURS, (84.5, 40.0)),
    Label("IND", "India", "", "", 1),
    Label("AFG", "Afghanistan", "", "", 1),
    Label("IRN", "Iran", "", "", 1),
    Label("KAZ", "Kazakhstan", "", "", 1),
    Label("UZB", "Uzbekistan", "", "", 1),
    Label("TKM", "Turkmenistan", "", "", 1),
    Label("KGZ", "Kyrgyzstan", "", "", 1),
    Label("TJK", "Tajikistan", "", "", 1),
    Label("OMN", "Oman", "", "", 2),
    Label("NPL", "Nepal", "", "", 2),
    Label("ARE", "United Arab Emirates", "", "", 3),
    Label("BTN", "Bhutan", "", "", 3),
    Label("BGD", "Bangladesh", "", "", 3),
    Label("MMR", "Myanmar", "", "", 3),
)

PROVINCE_LABELS = (
    Label("Balochistan", "Balochistan", "بلوچستان", "俾路支省", 3, OURS),
    Label("Sindh", "Sindh", "سندھ", "信德省", 3, OURS),
    Label("Punjab", "Punjab", "پنجاب", "旁遮普省", 3, OURS),
    Label("Khyber Pakhtunkhwa", "Khyber Pakhtunkhwa", "خیبر پختونخوا", "开伯尔-普什图省", 3, OURS),
    Label(
        "Islamabad Capital Territory",
        "Islamabad Capital Territory",
        "وفاقی دارالحکومت اسلام آباد",
        "伊斯兰堡首都区",
        5,
        OURS,
    ),
)

TERRITORY_LABELS = (
    Label(
        "Gilgit-Baltistan",
        "Gilgit-Baltistan (administered by Pakistan; claimed by India)",
        "گلگت بلتستان (زیرِ انتظام پاکستان؛ بھارت کا دعویٰ)",
        "吉尔吉特-巴尔蒂斯坦（巴基斯坦管辖；印度主张）",
        3,
        OURS,
    ),
    Label(
        "Azad Jammu and Kashmir",
        "Azad Jammu and Kashmir (administered by Pakistan; claimed by India)",
        "آزاد جموں و کشمیر (زیرِ انتظام پاکستان؛ بھارت کا دعویٰ)",
        "自由查谟和克什米尔（巴基斯坦管辖；印度主张）",
        3,
        OURS,
    ),
    Label(
        "Jammu and Kashmir / Ladakh",
        "Jammu and Kashmir / Ladakh "
        "(administered by India; claimed in whole or part by Pakistan and China)",
        "جموں و کشمیر / لداخ (زیرِ انتظام بھارت؛ کل یا جزو پر پاکستان اور چین کا دعویٰ)",
        "查谟和克什米尔/拉达克（印度管辖；巴基斯坦和中国主张全部或部分）",
        3,
        OURS,
    ),
    Label(
        "Aksai Chin",
        "Aksai Chin (administered by China; claimed by India)",
        "اکسائی چن (زیرِ انتظام چین؛ بھارت کا دعویٰ)",
        "阿克赛钦（中国管辖；印度主张）",
        3,
        OURS,
    ),
    Label(
        "Shaksgam / Trans-Karakoram Tract",
        "Shaksgam / Trans-Karakoram Tract (administered by China; claimed by India)",
        "شکسگام / ماورائے قراقرم علاقہ (زیرِ انتظام چین؛ بھارت کا دعویٰ)",
        "沙克斯干/喀喇昆仑走廊（中国管辖；印度主张）",
        4,
        OURS,
    ),
)
