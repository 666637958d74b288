"""Texts (zh, en) of notices of admission: what stands on them, their key, and what differs from the list."""

TEXTS: dict[str, tuple[str, str]] = {
    "notice.heading": ("入学通知书", "Notice of admission"),
    "notice.to": ("{name} 同学（报名号 {id}）：", "To {name} (registration number {id}) and family"),
    "notice.to_number": ("报名号 {id} 的同学：", "To the child of registration number {id} and family"),
    "notice.body": (
        "你已被{school}录取。请按下列时间、地点，携带下列材料到校报到。",
        "You are admitted to {school}. Please register there at the time and place below, with the papers listed."),
    "notice.date": ("报到时间", "When"),
    "notice.place": ("报到地点", "Where"),
    "notice.papers": ("携带材料", "What to bring"),
    "notice.objection": (
        "有疑问或异议的，请向{objection}提出；截止日期：{deadline}；电话：{telephone}。",
        "Questions and objections to: {objection}; until: {deadline}; telephone: {telephone}."),
    "notice.code": ("防伪码", "Code"),
    "notice.how": (
        "报到时由学校扫描二维码或输入防伪码核对。",
        "The school scans the QR code, or types the code, when the child registers."),
    "notice.digest": ("名单校验值", "Digest of the list"),
    "notice.signing": ("学校招生办公室（盖章）", "School admissions office (seal)"),
    "notice.day": ("______年____月____日", "Date ____________"),
    "notice.not_out": (
        "既不是 run 写出的录取结果文件夹，也不是案卷文件夹，没有可以制作通知书的名单",
        "is neither a folder that run wrote nor that of a case book; there is no list of which notices could be made"),
    "notice.empty": (
        "名单上没有可以制作通知书的学生（案卷中，批次确认以后才制作通知书）",
        "the list has no child of whom a notice can be made (of a case book, once its round is confirmed)"),
    "notice.no_school": (
        "名单上没有在这所学校录取的学生；请写学校编号",
        "the list has no child admitted to this school; give the id of a school"),
    "notice.no_key": (
        "没有通知书密钥。从未制作过通知书的，加 --new-key 生成一把；制作过的，请找回原来的密钥文件（--key），"
        "否则已发通知书的防伪码不能再核对",
        "there is no key for notices. If none was ever made, --new-key makes one; else find the file of the old key "
        "(--key), or the codes of notices given out can no longer be verified"),
    "notice.key_lost": (
        "密钥 {lost} 不在了，而用它制作的通知书已经存在。请找回密钥文件；确实找不回的，旧通知书的防伪码今后无法核对，"
        "须收回换发：加 --new-key --lost {lost}",
        "the key {lost} is gone, and there are notices made with it. Find its file; if it is lost for good, the codes "
        "of those notices can never be verified again and they must be replaced: --new-key --lost {lost}"),
    "notice.key_other": (
        "这把密钥（{own}）不是已有通知书所用的密钥（{lost}）。请换回原来的密钥文件；原密钥确已丢失、"
        "旧通知书将收回换发的，加 --lost {lost}",
        "this key ({own}) is not that of the notices made before ({lost}). Use the file of that key; if it is lost and "
        "those notices will be replaced: --lost {lost}"),
    "notice.key_exchanged": (
        "这把密钥（{own}）不是已发通知书所用的密钥（{lost}），用它什么也核对不了；请换回原来的密钥文件",
        "this key ({own}) is not that of the notices given out ({lost}), and nothing can be verified by it; put the "
        "file of that key back"),
    "notice.key_there": (
        "密钥已经存在，不会替换；请去掉 --new-key",
        "there is a key already, which is never replaced; leave out --new-key"),
    "notice.key_file": ("密钥须是普通文件，不能是文件夹或链接", "the key must be a file, no folder and no link"),
    "notice.key_open": (
        "密钥文件的权限是 {mode}，或不属于当前账户：只能由其所有者读写（0600）。他人可能已经看到密钥，请查明后再改权限",
        "the key has rights {mode}, or is another account's: none but its owner may read it (0600). Find out who has "
        "seen it before you change that"),
    "notice.key_size": (
        "密钥须是 32 字节，现为 {size} 字节；这不是本程序生成的密钥文件",
        "a key has 32 bytes, this file {size}; it is no key that the program made"),
    "notice.key_unreadable": ("无法读取密钥：{reason}", "the key cannot be read: {reason}"),
    "notice.key_unwritten": ("无法写出密钥：{reason}", "the key cannot be written: {reason}"),
    "notice.key_inside": (
        "密钥不能放在 {folder} 里面：该文件夹会被复制、公布或重写；请放在招生办自己的文件夹中",
        "the key must not lie in {folder}, which is copied, published or written anew; keep it in the office's own "
        "folder"),
    "notice.record_damaged": (
        "密钥旁的记录已损坏，无法得知用过哪把密钥；请从备份恢复",
        "what lies beside the key is damaged, so that nobody knows which key was used; bring it back from a backup"),
    "notice.kind": (
        "此文件夹里不是通知书，不会替换；请另选文件夹",
        "this folder holds no notices and is not replaced; choose another"),
    "notice.made": (
        "通知书已写出：{folder}（{schools} 所学校，{pages} 页，密钥 {key}）",
        "notices written to {folder} ({schools} {schools:school/schools}, {pages} {pages:page/pages}, key {key})"),
    "notice.new_key": (
        "新密钥：{path}（{key}）。请另做备份，不得外传：丢失后，已发通知书无法核对",
        "new key: {path} ({key}). Keep a copy apart and show it to nobody: without it no notice can be verified"),
    "notice.nameless": (
        "注意：{count} 名学生在 restricted/persons.csv 中没有姓名，通知书上只印报名号",
        "note: {count} {count:child has/children have} no name in restricted/persons.csv; {count:its/their} "
        "{count:notice bears/notices bear} the registration number alone"),
    "notice.blank": (
        "注意：政策的 letters 中没有写 {keys}，通知书上留空，手工填写",
        "note: the policy's letters do not state {keys}; left blank on the notices, to be filled in by hand"),
    "notice.valid": (
        "有效：{id}，{school}，与名单一致",
        "valid: {id}, {school}, as the list has it"),
    "notice.valid_earlier": (
        "有效：{id}，{school}，与名单一致（按案卷第 {event} 条事件时的名单制作）",
        "valid: {id}, {school}, as the list has it (made as of event {event} of the book)"),
    "notice.unknown_child": ("不符：名单上没有报名号 {id}", "differs: the list has no registration number {id}"),
    "notice.no_seat": (
        "不符：{id} 在名单上没有本区学校的学位（{stands}），不应有通知书",
        "differs: {id} holds no seat of this district on the list ({stands}), and can have no notice"),
    "notice.stands.external": ("转由外区招生", "belongs to another authority"),
    "notice.stands.needs_ruling": ("待领导小组研究确定", "waits for a ruling"),
    "notice.stands.unplaced": ("尚未落实学位", "without a seat"),
    "notice.stands.unconfirmed": ("所在批次尚未确认", "its round is not confirmed yet"),
    "notice.stands.waiting": ("待录取", "waiting"),
    "notice.stands.withdrawn": ("放弃", "withdrawn"),
    "notice.stands.returned_home": ("回户籍地", "returned home"),
    "notice.other_school": (
        "不符：{id} 在名单上录取到 {school}，通知书上写的是 {told}",
        "differs: the list has {id} at {school}, the notice says {told}"),
    "notice.other_list": (
        "不符：{id} 的防伪码属于另一份名单，不是现在的名单",
        "differs: the code of {id} is that of another list, not of this one"),
    "notice.wrong_code": ("不符：{id} 的防伪码不对", "differs: the code of {id} is wrong"),
    "notice.form": (
        "读不懂：{value}。应为二维码的内容（school-notice/1|报名号|学校编号|防伪码），或依次写报名号、学校编号、防伪码",
        "not understood: {value}. Expected what the QR code says (school-notice/1|number|school|code), or number, "
        "id of the school and code, one after the other"),
    "notice.summary": ("共核对 {count} 份：有效 {valid} 份，不符 {wrong} 份",
                       "{count} verified: {valid} valid, {wrong} not"),
    "notice.nothing": (
        "没有要核对的通知书；请写出二维码的内容或防伪码，或用 --file 给出文件",
        "there is nothing to verify; give the words of QR codes, or a file of them by --file"),
}
