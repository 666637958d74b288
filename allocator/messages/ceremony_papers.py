"""Texts (zh, en) of the minutes of a draw day and the sheets to sign."""

TEXTS: dict[str, tuple[str, str]] = {
    "ceremony.minutes": ("摇号会议纪要", "Minutes of the draw"),
    "ceremony.sheet": ("见证人签字页", "Sheet for the witnesses"),
    "ceremony.notary": ("公证页", "Sheet for the notary"),
    "ceremony.minutes.lead": (
        "{place}，{time}，举行第 {event} 场公开摇号。"
        "参加摇号的报名户 {parties} 户，学生 {children} 人，学位 {seats} 个。",
        "{place}, {time}: draw {event}. In it stood {parties} {parties:party/parties} with {children} "
        "{children:child/children}, for {seats} {seats:seat/seats}."),
    "ceremony.minutes.order": (
        "见证人报出数字之前，当众由文件重新算出校验值，与封存时公布的相同。各位见证人依次报出数字，每位录入两遍；"
        "最后一位数字录入之后，形成摇号记录，其 SHA-256 即为随机种子，随后计算名次。",
        "Before any witness spoke the digests were computed again from the files, and were those published "
        "at the freeze. "
        "The witnesses gave their digits one after the other, each typed twice; after the last digit the "
        "transcript was "
        "made, its SHA-256 is the seed, and the orders were computed."),
    "ceremony.minutes.other_order": (
        "写出摇号记录之前，当众由文件重新算出校验值，与封存时公布的相同。名次由摇号记录的 order= 一行决定，"
        "不由见证人的数字决定。",
        "Before the transcript was made the digests were computed again from the files in public, and were those "
        "published at the freeze. The line order= of the transcript decides the orders, and no digits of witnesses "
        "do."),
    "ceremony.minutes.draws": (
        "由两种方法计算并经独立检查程序核对，共有 {draws} 项摇号次序（包括分流、调剂的次序）。",
        "Computed in two ways and judged by an independent checker; {draws} {draws:order/orders} in all, those of "
        "diversion and adjustment among them."),
    "ceremony.minutes.journal": ("本场摇号过程记录的校验值", "digest of the journal of this draw day"),
    "ceremony.minutes.remarks": ("其他事项：", "Remarks:"),
    "ceremony.sheet.lead": (
        "本人当众报出以下数字，核对无误；在报出数字之前已看到下列校验值。",
        "I gave these digits in public and find them written as I gave them; I had seen the digests below before."),
    "ceremony.sheet.other_order": (
        "本人在场，在摇号记录写出之前已看到下列校验值；下列 order= 一行（及本人报出的数字）核对无误。",
        "I was present and saw the digests below before the transcript was made; I find the line order= below (and "
        "the digits that I gave) right."),
    "ceremony.notary.other_order": (
        "兹证明：下列校验值在摇号记录写出之前当众展示；摇号记录载有下列 order= 一行，其 SHA-256 为下列校验值。",
        "I certify that the digests below were shown before the transcript was made, and that the transcript has the "
        "line order= below and the SHA-256 below."),
    "ceremony.notary.lead": (
        "兹证明：下列校验值在见证人报出数字之前当众展示；数字由下列见证人在场报出；摇号记录的 SHA-256 为下列随机种子。",
        "I certify that the digests below were shown before any witness spoke, that the witnesses named gave "
        "the digits in "
        "presence, and that the SHA-256 of the transcript is the seed below."),
    "ceremony.sign.name": ("姓名", "Name"),
    "ceremony.sign.office": ("单位和职务", "Office"),
    "ceremony.sign.digits": ("报出的数字", "Digits"),
    "ceremony.sign.hand": ("签字", "Signature"),
    "ceremony.sign.host": ("主持人：", "Chair:"),
    "ceremony.sign.clerk": ("录入人：", "Clerk:"),
    "ceremony.sign.watch": ("监督人：", "Supervisor:"),
    "ceremony.sign.notary": ("公证员：", "Notary:"),
    "ceremony.sign.seal": ("（盖章）", "(seal)"),
    "ceremony.sign.date": ("日期：", "Date:"),
    "ceremony.page_of": ("第 {page} 页，共 {pages} 页", "page {page} of {pages}"),
}
