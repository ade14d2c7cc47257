"""
The towns of the base map.

Ids, positions and most Urdu and Chinese names are GeoNames'; a name that GeoNames does not
list is ours and marked ``translated`` in the output. A name of which we are not certain is "".
"""

from typing import NamedTuple


class Town(NamedTuple):
    """A row of the table; `rank` 1 is shown first, `country` guards against homonyms."""

    geonames_id: int
    country: str
    name: str
    name_ur: str
    name_zh: str
    rank: int
    capital: bool = False


TOWNS = (
    # Pakistan, by GeoNames' country code (Gilgit, Skardu and Muzaffarabad among them)
    Town(1174872, "PK", "Karachi", "کراچی", "卡拉奇", 1),
    Town(1172451, "PK", "Lahore", "لاہور", "拉合尔", 1),
    Town(1176615, "PK", "Islamabad", "اسلام آباد", "伊斯兰堡", 1, capital=True),
    Town(1177446, "PK", "Gwadar", "گوادر", "瓜达尔", 1),
    Town(1168197, "PK", "Peshawar", "پشاور", "白沙瓦", 2),
    Town(1167528, "PK", "Quetta", "کوئٹہ", "奎达", 2),
    Town(1169825, "PK", "Multan", "ملتان", "木尔坦", 2),
    Town(1178338, "PK", "Gilgit", "گلگت", "吉尔吉特", 2),
    Town(1179400, "PK", "Faisalabad", "فیصل آباد", "费萨拉巴德", 3),
    Town(1176734, "PK", "Hyderabad", "حیدرآباد", "海得拉巴", 3),
    Town(1164408, "PK", "Sukkur", "سکھر", "苏库尔", 3),
    Town(1173664, "PK", "Khuzdar", "خضدار", "胡兹达尔", 3),
    Town(1163054, "PK", "Turbat", "تربت", "土尔巴特", 3),
    Town(1164709, "PK", "Skardu", "سکردو", "斯卡杜", 3),
    Town(1169607, "PK", "Muzaffarabad", "مظفر آباد", "穆扎法拉巴德", 3),
    Town(1166993, "PK", "Rawalpindi", "راولپنڈی", "拉瓦尔品第", 4),
    Town(1163582, "PK", "Thatta", "ٹھٹہ", "特达", 4),
    Town(1168446, "PK", "Panjgur", "پنجگور", "", 4),
    Town(1168312, "PK", "Pasni", "پسنی", "伯斯尼", 4),
    Town(1168700, "PK", "Ormara", "اورماڑہ", "奥尔马拉", 4),
    Town(1168864, "PK", "Nowshera", "نوشہرہ", "", 4),
    Town(1170880, "PK", "Mardan", "مردان", "马尔丹", 4),
    Town(1170395, "PK", "Mingora", "مینگورہ", "明戈拉", 4),
    Town(1185056, "PK", "Abbottabad", "ایبٹ آباد", "阿伯塔巴德", 4),
    Town(1170951, "PK", "Mansehra", "مانسہرہ", "", 4),
    Town(1181138, "PK", "Chilas", "چلاس", "奇拉斯", 4),
    Town(1183614, "PK", "Karimabad", "کریم آباد", "卡里马巴德", 4),
    Town(7427390, "PK", "Dasu", "داسو", "达苏", 4),
    Town(1181065, "PK", "Chitral", "چترال", "", 4),
    Town(1173491, "PK", "Kohat", "کوہاٹ", "科哈特", 4),
    Town(1183460, "PK", "Bannu", "بنوں", "班努", 4),
    Town(1180281, "PK", "Dera Ismail Khan", "ڈیرہ اسماعیل خان", "德拉伊斯梅尔汗", 4),
    Town(1180289, "PK", "Dera Ghazi Khan", "ڈیرہ غازی خان", "德拉加齐汗", 4),
    Town(1166000, "PK", "Sargodha", "سرگودھا", "萨戈达", 4),
    Town(1177662, "PK", "Gujranwala", "گوجرانوالہ", "古杰兰瓦拉", 4),
    Town(1164909, "PK", "Sialkot", "سیالکوٹ", "锡亚尔科特", 4),
    Town(1183880, "PK", "Bahawalpur", "بہاولپور", "巴哈瓦尔布尔", 4),
    Town(1167460, "PK", "Rahim Yar Khan", "رحیم یار خان", "", 4),
    Town(1172128, "PK", "Larkana", "لاڑکانہ", "拉尔卡纳", 4),
    Town(1176515, "PK", "Jacobabad", "جیکب آباد", "雅各布阿巴德", 4),
    Town(1170295, "PK", "Mirpur Khas", "میرپور خاص", "米尔布尔哈斯", 4),
    Town(1181611, "PK", "Chaman", "چمن", "", 4),
    Town(1162105, "PK", "Zhob", "ژوب", "", 4),
    Town(1180729, "PK", "Dalbandin", "دالبندین", "", 4),
    Town(1175712, "PK", "Jiwani", "جیوانی", "", 5),
    Town(1162862, "PK", "Uthal", "اوتھل", "", 5),
    Town(1182998, "PK", "Bela", "بیلہ", "", 5),
    Town(12524485, "PK", "Hub", "حب", "", 5),
    Town(1177107, "PK", "Haripur", "ہری پور", "", 5),
    Town(1176995, "PK", "Havelian", "حویلیاں", "哈维连", 5),
    Town(1448637, "PK", "Risalpur", "رسالپور", "", 5),
    Town(1184249, "PK", "Attock", "اٹک", "", 5),
    Town(1169027, "PK", "Mirpur", "میرپور", "米尔布尔", 5),
    Town(1176470, "PK", "Jaglot", "جگلوٹ", "", 5),
    Town(1184701, "PK", "Aliabad", "علی آباد", "", 5),
    # Xinjiang, China
    Town(1529102, "CN", "Urumqi", "ارومچی", "乌鲁木齐", 1),
    Town(1280849, "CN", "Kashgar", "کاشغر", "喀什", 1),
    Town(1529401, "CN", "Karamay", "کارامای", "克拉玛依", 2),
    Town(1281019, "CN", "Hotan", "ختن", "和田", 2),  # GeoNames: Gujangbagh, its centre
    Town(1529660, "CN", "Aksu", "", "阿克苏", 3),
    Town(1529376, "CN", "Korla", "کورلا", "库尔勒", 3),
    Town(1529435, "CN", "Yining", "", "伊宁", 3),
    Town(1280037, "CN", "Yarkand", "یارکند", "莎车", 3),
    Town(1279901, "CN", "Tashkurgan", "تاشقورغان", "塔什库尔干", 3),
    Town(1529114, "CN", "Turpan", "", "吐鲁番", 3),
    Town(1281743, "CN", "Artux", "", "阿图什", 4),
    Town(1279602, "CN", "Yecheng", "", "叶城", 4),
    Town(1529363, "CN", "Kuqa", "", "库车", 4),
    Town(1529195, "CN", "Shihezi", "", "石河子", 4),
    Town(1529355, "CN", "Kuytun", "", "奎屯", 4),
    Town(1529167, "CN", "Tacheng", "", "塔城", 4),
    Town(1529377, "CN", "Khorgos", "", "霍尔果斯", 4),
    # Central Asia
    Town(1526273, "KZ", "Astana", "آستانہ", "阿斯塔纳", 1, capital=True),
    Town(1526384, "KZ", "Almaty", "الماتی", "阿拉木图", 1),
    Town(1518980, "KZ", "Shymkent", "شمکنت", "奇姆肯特", 3),
    Town(1516905, "KZ", "Taraz", "تراز", "塔拉兹", 3),
    Town(1519922, "KZ", "Kyzylorda", "قزل اوردا", "克孜勒奥尔达", 3),
    Town(1518542, "KZ", "Taldykorgan", "", "塔尔迪库尔干", 4),
    Town(1528675, "KG", "Bishkek", "بشکیک", "比什凯克", 1, capital=True),
    Town(1527534, "KG", "Osh", "اوش", "奥什", 2),
    Town(1527592, "KG", "Naryn", "نارین", "纳伦", 3),
    Town(1528121, "KG", "Karakol", "", "卡拉科尔", 4),
    Town(1221874, "TJ", "Dushanbe", "دوشنبہ", "杜尚别", 1, capital=True),
    Town(1514879, "TJ", "Khujand", "خجند", "苦盏", 3),
    Town(1221328, "TJ", "Khorog", "خروغ", "霍罗格", 3),
    Town(1220962, "TJ", "Murghob", "مرغاب", "穆尔加布", 4),
    Town(1221194, "TJ", "Kulob", "کولاب", "库洛布", 4),
    Town(1512569, "UZ", "Tashkent", "تاشقند", "塔什干", 1, capital=True),
    Town(1216265, "UZ", "Samarkand", "سمرقند", "撒马尔罕", 2),
    Town(1217662, "UZ", "Bukhara", "بخارا", "布哈拉", 2),
    Town(601294, "UZ", "Nukus", "نوکس", "努库斯", 3),
    Town(1215957, "UZ", "Termez", "ترمذ", "铁尔梅兹", 3),
    Town(1514588, "UZ", "Andijan", "اندیجان", "安集延", 4),
    Town(1514019, "UZ", "Fergana", "فرغانہ", "费尔干纳", 4),
    Town(162183, "TM", "Ashgabat", "اشک آباد", "阿什哈巴德", 1, capital=True),
    Town(1218667, "TM", "Mary", "ماری", "马雷", 3),
    Town(1219649, "TM", "Turkmenabat", "ترکمن آباد", "土库曼纳巴德", 3),
    # Afghanistan, Iran, the Gulf
    Town(1138958, "AF", "Kabul", "کابل", "喀布尔", 1, capital=True),
    Town(1138336, "AF", "Kandahar", "قندھار", "坎大哈", 2),
    Town(1140026, "AF", "Herat", "ہرات", "赫拉特", 2),
    Town(1133616, "AF", "Mazar-i-Sharif", "مزار شریف", "马扎里沙里夫", 3),
    Town(1139715, "AF", "Jalalabad", "جلال آباد", "贾拉拉巴德", 4),
    Town(1135689, "AF", "Kunduz", "قندوز", "昆都士", 4),
    Town(1142170, "AF", "Faizabad", "فیض آباد", "法扎巴德", 4),  # Badakhshan
    Town(124665, "IR", "Mashhad", "مشہد", "马什哈德", 2),
    Town(1161724, "IR", "Chabahar", "چابہار", "恰巴哈尔", 2),
    Town(1159301, "IR", "Zahedan", "زاہدان", "扎黑丹", 3),
    Town(141681, "IR", "Bandar Abbas", "بندر عباس", "阿巴斯港", 3),
    Town(128234, "IR", "Kerman", "کرمان", "克尔曼", 3),
    Town(287286, "OM", "Muscat", "مسقط", "马斯喀特", 1, capital=True),
    Town(286245, "OM", "Sur", "صور", "苏尔", 4),
    Town(292223, "AE", "Dubai", "دبئی", "迪拜", 2),
    # South Asia
    Town(1261481, "IN", "New Delhi", "نئی دہلی", "新德里", 1, capital=True),
    Town(1283240, "NP", "Kathmandu", "کھٹمنڈو", "加德满都", 2, capital=True),
    Town(1255634, "IN", "Srinagar", "سری نگر", "斯利那加", 3),
    Town(1264976, "IN", "Leh", "لیہ", "列城", 3),
    Town(1278710, "IN", "Amritsar", "امرتسر", "阿姆利则", 3),
    Town(1279233, "IN", "Ahmedabad", "احمد آباد", "艾哈迈达巴德", 3),
    Town(1268865, "IN", "Jodhpur", "جودھ پور", "焦特布尔", 3),
    Town(1269515, "IN", "Jaipur", "جے پور", "斋浦尔", 3),
    Town(1264733, "IN", "Lucknow", "لکھنؤ", "勒克瑙", 3),
    Town(1275004, "IN", "Kolkata", "کولکاتہ", "加尔各答", 3),
    Town(1252416, "BT", "Thimphu", "تھمپو", "廷布", 3, capital=True),
    Town(1269321, "IN", "Jammu", "جموں", "查谟", 4),
)
