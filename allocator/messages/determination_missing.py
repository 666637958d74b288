"""Texts (zh, en) of what a family may still bring, and of what other offices checked."""

TEXTS: dict[str, tuple[str, str]] = {
    # what the family may still bring
    "determined.missing.custody": (
        "抚养权证明（离婚证和离婚协议，或判决书、调解书）",
        "papers on custody (divorce papers or judgment)"),
    "determined.missing.booklet": ("户口簿", "the household booklet"),
    "determined.missing.relation": ("与监护人的关系证明", "proof of the relation to a guardian"),
    "determined.missing.residence_start": ("入住日期", "the day of moving in"),
    "determined.missing.home_proof": (
        "有房证明（不动产权证、备案购房合同、拆迁或回迁协议等）",
        "proof of the home (title, filed contract, demolition or resettlement agreement)"),
    "determined.missing.invoices": (
        "水、电、暖气、物业缴费正规发票各 1 张",
        "one invoice each for water, power, heating and property fee"),
    "determined.missing.proof_date": ("有房证明的日期", "the date of the proof of the home"),
    "determined.missing.owners": ("产权人及产权比例", "the holders of the title and their shares"),
    "determined.missing.lease": ("房屋租赁合同", "the lease"),
    "determined.missing.lease_months": ("租期", "the length of the lease"),
    "determined.missing.landlord": ("房主身份证及房产证", "the landlord's identity papers and title"),
    "determined.missing.community": ("社区开具的实际居住证明", "the community's proof of residence"),
    "determined.missing.consent": ("房主的借住同意书", "the owner's consent to the borrowed home"),
    "determined.missing.no_home": (
        "房产信息平台的查询结果（由学校招生平台管理员查询）",
        "the answer of the housing platform (asked by the school)"),
    "determined.missing.work_start": ("工作开始日期", "the day on which work began"),
    "determined.missing.work": (
        "务工或经商证明（单位证明及营业执照）",
        "proof of work or trade (employer's letter, licence)"),
    "determined.missing.form5": ("《入学申请表》", "the application form for children of migrant workers"),
    "determined.missing.check:hukou": ("户籍核查结果", "the result of the check of the hukou"),
    "determined.missing.check:home": ("住房核查结果", "the result of the check of the home"),
    "determined.missing.check:residence": ("居住核查结果", "the result of the check of residence"),
    "determined.missing.check:work": ("工作核查结果", "the result of the check of work"),
    # checks of other offices
    "determined.subject.hukou": ("户籍", "hukou"),
    "determined.subject.home": ("住房", "home"),
    "determined.subject.no_home": ("无房", "no home"),
    "determined.subject.residence": ("居住", "residence"),
    "determined.subject.work": ("工作", "work"),
    "determined.check.pass": ("属实", "confirmed"),
    "determined.check.fail": ("不属实", "found untrue"),
    "determined.check.pending": ("待查", "pending"),
    "determined.check.conflict": ("相互矛盾", "contradictory"),
}
