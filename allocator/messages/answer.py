"""Texts (zh, en) of answers to families: what stands on the page beside what ``explain`` says."""

TEXTS: dict[str, tuple[str, str]] = {
    "answer.heading": ("学位安排答复书", "Answer about a school seat"),
    "answer.to": ("{name} 同学的家长（报名号 {id}）", "To the family of {name} (registration number {id})"),
    "answer.to_number": ("报名号 {id} 的同学的家长", "To the family of the child of registration number {id}"),
    "answer.about": ("报名情况", "The registration"),
    "answer.why": ("为什么", "Why"),
    "answer.next": ("有疑问或异议怎么办", "Questions and objections"),
    "answer.objection": (
        "请在截止日期以前向{objection}提出，截止日期：{deadline}，电话：{telephone}。提出时请写明报名号 {id}。",
        "Please turn to: {objection}; until: {deadline}; telephone: {telephone}. Give the registration number {id}."),
    "answer.book.seated": ("结果：已落实学位：{school}（{round}）。", "Result: a seat at {school} ({round})."),
    "answer.book.unconfirmed": (
        "公示期满、确认后生效。", " It counts once its list has been in publicity and is confirmed."),
    "answer.book.waiting": (
        "结果：目前没有学位，继续参加以后的批次。", "Result: no seat yet; the child takes part in the rounds to come."),
    "answer.book.needs_ruling": (
        "结果：待领导小组研究确定，目前尚未落实学位。",
        "Result: waits for a ruling of the authority and has no seat yet."),
    "answer.book.external": (
        "结果：转由外区招生，由{school}负责。", "Result: belongs to {school}, to which another authority admits."),
    "answer.book.withdrawn": ("结果：已放弃。", "Result: the family gave the seat up."),
    "answer.book.returned_home": ("结果：回户籍地入学。", "Result: goes to school where the family is registered."),
    "answer.book.line": (
        "{round}开批时，{school}最后录取的是第 {last_rank} 名（{last}）；该户排第 {rank} 名（{own}）。",
        "At the opening of {round}, the last one admitted at {school} had rank {last_rank} ({last}); this one has "
        "rank {rank} ({own})."),
    "answer.book.nobody": (
        "{round}开批时，{school}没有录取；该户排第 {rank} 名（{own}）。",
        "At the opening of {round}, nobody was admitted at {school}; this one has rank {rank} ({own})."),
    "answer.again": (
        "摇号结果任何人都可以重新计算：",
        "Anyone can compute the draw again:"),
    "answer.what": (
        "请写一个报名号，或用 --diverted 给出所有分流的学生",
        "give a registration number, or --diverted for all who were diverted"),
    "answer.both": (
        "--diverted 与一个报名号不能同时使用",
        "--diverted and a registration number exclude each other"),
    "answer.folder": (
        "--diverted 须同时写 --letters（写出答复书的文件夹）",
        "--diverted needs --letters, the folder of the answers"),
    "answer.one": (
        "一名学生的答复书用 --letter 文件.pdf；--letters 与 --diverted 同用",
        "of one child the answer is written by --letter FILE.pdf; --letters goes with --diverted"),
    "answer.not_pdf": (
        "已有文件，而且不是 PDF，不会替换；请另写文件名",
        "is there and no PDF, and is not replaced; choose another name"),
    "answer.kind": (
        "此文件夹里不是答复书，不会替换；请另选文件夹",
        "this folder holds no answers and is not replaced; choose another"),
    "answer.book": (
        "案卷请逐户写答复书：写一个报名号和 --letter 文件.pdf",
        "of a case book answers are written one by one: give a registration number and --letter FILE.pdf"),
    "answer.nobody": ("没有分流的学生，没有答复书可写", "nobody was diverted; there is no answer to write"),
    "answer.made": ("答复书已写出：{file}", "answer written to {file}"),
    "answer.made_many": (
        "答复书已写出：{folder}（{count} 份）",
        "answers written to {folder} ({count} {count:letter/letters})"),
    "answer.nameless": (
        "注意：{count} 名学生在 restricted/persons.csv 中没有姓名，答复书上只印报名号",
        "note: {count} {count:child has/children have} no name in restricted/persons.csv; the registration number "
        "stands alone"),
}
