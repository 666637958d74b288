"""The layout of the office's tables: columns, Chinese headings and fixed words (office-procedure.md section 2).

A column with the name of an earlier one has its heading and values; only what may be empty differs.
"""

from __future__ import annotations

from collections.abc import Mapping

from allocator.reading.layout import Holds, InputColumn

_Words = tuple[tuple[str, str], ...]

YES_NO: _Words = (("是", "yes"), ("否", "no"))
CATEGORIES: tuple[str, ...] = ("A", "B", "C", "D", "E", "R1", "R2", "R3")
DETERMINED: tuple[str, ...] = (*CATEGORIES, "U")
"""What a determination finds: a declared category, or that none fits."""
_AREAS = (
    ("开发区城区", "zone_urban"), ("开发区农区", "zone_rural"), ("通辽其他旗县市区", "other_tongliao"),
    ("外盟市外省", "elsewhere"),
)  # fmt: skip
_PLACES = (
    ("开发区城区", "zone_urban"), ("开发区农区", "zone_rural"), ("主城区", "main_city"), ("其他", "elsewhere"),
)  # fmt: skip
_PAPERS = (
    ("户口簿", "booklet"), ("关系证明", "relation"), ("抚养权证明", "custody"), ("监护证明", "guardianship"),
    ("租赁合同", "lease"), ("房主身份证及房产证", "landlord"), ("居住证明", "community"), ("借住同意书", "consent"),
    ("入学申请表", "form5"), ("预防接种证", "vaccination"),
)  # fmt: skip
_TENURES = (
    ("自有", "owned"), ("祖辈房产", "grandparents"), ("租住", "rented"), ("借住", "borrowed"),
    ("公租", "public_rental"),
)  # fmt: skip
_PROOFS = (
    ("不动产权证", "title"), ("备案购房合同", "filed_contract"), ("拆迁协议", "demolition"),
    ("回迁协议", "resettlement"), ("公租房证明", "public_rental"), ("历史遗留", "legacy"),
)  # fmt: skip
_GROUNDS = (
    ("军人", "military"), ("烈士伤残", "martyr_disabled"), ("消防救援", "fire"), ("移民管理", "immigration"),
    ("高层次人才", "talent"), ("专项决定", "resolution"),
)  # fmt: skip
_EVIDENCE = (
    ("单位证明", "unit_letter"), ("军官证", "officer_card"), ("户口簿", "booklet"), ("结婚证", "marriage"),
    ("证件证明", "certificate"), ("工作证", "work_card"), ("会议纪要", "minutes"), ("申请书", "application"),
)  # fmt: skip
RULED: Mapping[str, _Words] = {
    "result": (
        ("列入名册", "roster"), ("不属招生范围", "out_of_scope"), ("缓学", "deferred"),
        ("特殊教育安置", "special_route"),
    ),
    "status": (("已审核", "verified"), ("逾期", "late"), ("失信", "blacklisted")),
    "category": tuple((category, category) for category in DETERMINED),
}  # fmt: skip
"""Values of a ruling by what it rules on; those on ``zone`` and ``lock_exempt`` are ids."""


def _id(name: str, chinese: str, *, needed: bool = False, distinct: bool = False) -> InputColumn:
    return InputColumn(name, chinese, Holds.ID, needed=needed, distinct=distinct, exact=True)


def _ids(name: str, chinese: str) -> InputColumn:
    return InputColumn(name, chinese, Holds.IDS, exact=True)


def _word(name: str, chinese: str, words: _Words, *, needed: bool = True) -> InputColumn:
    return InputColumn(name, chinese, Holds.WORD, words=words, needed=needed, exact=True)


def _words(name: str, chinese: str, words: _Words) -> InputColumn:
    return InputColumn(name, chinese, Holds.WORDS, words=words, exact=True)


def _other(name: str, chinese: str, holds: Holds, *, needed: bool = False, words: _Words = ()) -> InputColumn:
    return InputColumn(name, chinese, holds, words=words, needed=needed, exact=True)


_CHILD = _id("applicant_id", "报名号", needed=True)
_FAMILY = _id("family", "家庭编号", needed=True)
_HOME = _id("home", "住房编号", needed=True)
_SCHOOL = _id("school_id", "学校编号", needed=True)
_HUKOU_AREA = _word("hukou_area", "户籍地", _AREAS)
_BOOK = _id("book", "户口簿编号", distinct=True)
_HUKOU_IN = _other("hukou_in_date", "户籍迁入日期", Holds.DATE)
_DECIDED = _other("decided_on", "决定日期", Holds.DATE, needed=True)
_PLACE = InputColumn("x", "坐标X", Holds.PLACE, distinct=True, exact=True)

OFFICE_LAYOUTS: Mapping[str, tuple[InputColumn, ...]] = {
    "applications": (
        _id("applicant_id", "报名号", needed=True, distinct=True),
        _FAMILY,
        _other("birth_date", "出生日期", Holds.DATE, needed=True),
        _word("graduated", "小学毕业", YES_NO, needed=False),
        _other("registered_at", "报名日期", Holds.DATE),
        _word("late_cause", "逾期原因", (("家长原因", "own"), ("系统原因", "system")), needed=False),
        _word("deferral", "缓学", (("待批", "pending"), ("已批", "approved")), needed=False),
        _word("over_age_reason", "超龄说明", YES_NO),
        _HUKOU_AREA,
        _word("hukou_kind", "户口性质", (("非农业", "non_agri"), ("农业", "agri"), ("集体", "collective"))),
        _word("own_booklet", "独立户口簿", YES_NO),
        _BOOK,
        _HUKOU_IN,
        _id("hukou_zone", "户籍学区"),
        _word("three_gen", "祖孙三代同户", YES_NO),
        _HOME._replace(needed=False),
        _word("tenure", "居住方式", _TENURES, needed=False),
        _other("residence_start", "入住日期", Holds.DATE),
        _other("lease_months", "租期月数", Holds.NUMBER),
        _words("papers", "已验材料", _PAPERS),
        _word("declared_category", "申报类别", tuple(zip(CATEGORIES, CATEGORIES, strict=True)), needed=False),
        _id("registered_school", "登记学校"),
        _ids("voluntary_1", "第一次自愿报名"),
        _ids("voluntary_2", "第二次自愿报名"),
        _id("open_choice", "全区招生学校报名"),
        _ids("preferred_diversion", "分流意愿"),
        _id("bundle", "多胞胎组号"),
        _PLACE,
        _PLACE._replace(name="y", chinese="坐标Y"),
        _id("private_choice", "民办志愿"),
    ),
    "guardians": (
        _FAMILY,
        _id("guardian", "监护人编号", needed=True),
        _word("relation", "关系", (("父", "father"), ("母", "mother"), ("监护人", "guardian"))),
        _word("custody", "抚养权", (("共同", "joint"), ("单独", "sole"), ("无", "none"), ("不明", "unclear"))),
        _HUKOU_AREA,
        _BOOK,
        _HUKOU_IN,
        _word("head", "户主", YES_NO),
        _word("work_area", "工作地", (("主城区", "main_city"), ("其他", "elsewhere")), needed=False),
        _other("work_start", "工作开始日期", Holds.DATE),
        _word("work_paper", "工作证明", YES_NO),
    ),
    "homes": (
        _HOME._replace(distinct=True),
        _word("area", "位置", _PLACES),
        _id("zone", "学区"),
        _word("use", "用途", (("住宅", "residential"), ("商业", "commercial"), ("商住", "mixed"))),
        _word("delivered", "已交付", YES_NO),
        _word("proof", "住房证明", _PROOFS, needed=False),
        _other("proof_date", "证明日期", Holds.DATE),
        _words("invoices", "发票", (("水费", "water"), ("电费", "power"), ("暖气费", "heat"), ("物业费", "fee"))),
        _id("last_year_school", "上年学区学校"),
    ),
    "owners": (
        _HOME,
        _other("holder", "产权人", Holds.TEXT)._replace(distinct=True),
        _other("share", "产权比例", Holds.SHARE, needed=True),
    ),
    "checks": (
        _CHILD,
        _word("subject", "核查项目", (
            ("户籍", "hukou"), ("住房", "home"), ("无房", "no_home"), ("居住", "residence"), ("工作", "work"),
        )),
        _id("source", "来源", needed=True),
        _word("result", "结果", (("属实", "pass"), ("不属实", "fail"), ("待查", "pending"))),
        _other("by", "经办人", Holds.TEXT, needed=True),
        _other("at", "时间", Holds.TIME, needed=True),
    ),
    "locks": (
        _HOME,
        _word("stage", "学段", (("小学", "primary"), ("初中", "junior"))),
        _other("intake_year", "入学年份", Holds.NUMBER, needed=True),
        _FAMILY,
        _CHILD,
    ),
    "blacklist": (
        _FAMILY,
        _word("ground", "情形", (
            ("虚假材料", "false_papers"), ("隐瞒住房", "hidden_home"), ("伪造证件", "forged_papers"),
        )),
    ),
    "special": (
        _CHILD,
        _word("level", "程度", (("轻度", "mild"), ("中度", "moderate"), ("重度", "severe"))),
        _word("route", "安置方式", (
            ("随班就读", "ordinary"), ("特教学校", "special_school"), ("送教上门", "home_teaching"),
        ), needed=False),
    ),
    "decisions": (
        _id("decision_id", "决定编号", needed=True, distinct=True),
        _CHILD,
        _word("kind", "类型", (("优抚", "preferential"), ("随兄姐", "sibling"))),
        _word("ground", "情形", _GROUNDS, needed=False),
        _SCHOOL,
        _other("received_on", "收件日期", Holds.DATE, needed=True),
        _DECIDED,
        _word("approved", "是否批准", YES_NO),
        _words("papers", "材料", _EVIDENCE),
        _other("service_years", "服务年限", Holds.NUMBER),
        _other("sibling_order", "孩次", Holds.NUMBER),
        _word("sibling_entry", "兄姐入学方式", (
            ("划片", "zone"), ("分流", "diverted"), ("择校", "choice"),
        ), needed=False),
        _word("sibling_enrolled", "兄姐在读", YES_NO, needed=False),
    ),
    "rulings": (
        _id("ruling_id", "裁定编号", needed=True, distinct=True),
        _CHILD,
        _word("field", "事项", (
            ("认定结果", "result"), ("类别", "category"), ("学区", "zone"), ("报名状态", "status"),
            ("锁定豁免", "lock_exempt"),
        )),
        _other("value", "裁定结果", Holds.TEXT, needed=True, words=(*RULED["result"], *RULED["status"])),
        _other("reason", "理由", Holds.TEXT, needed=True),
        _other("authority", "裁定机关", Holds.TEXT, needed=True),
        _DECIDED,
    ),
    "private": (
        _SCHOOL,
        _other("plan", "招生计划", Holds.NUMBER, needed=True),
    ),
    "private-result": (
        _CHILD,
        _SCHOOL,
        _word("result", "结果", (("录取", "won"), ("未录取", "lost"))),
        _other("draw_id", "摇号批次", Holds.TEXT),
    ),
}  # fmt: skip
"""Columns by table; the key comes first (section 2)."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "applications": ("applicant_id",), "guardians": ("family", "guardian"), "homes": ("home",),
    "owners": ("home", "holder"), "blacklist": ("family", "ground"), "special": ("applicant_id",),
    "decisions": ("decision_id",), "rulings": ("ruling_id",), "private": ("school_id",),
    "private-result": ("applicant_id",),
}  # fmt: skip
"""Columns that together stand once; checks and locks have no key."""
