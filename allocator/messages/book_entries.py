"""Texts (zh, en) of entries of the case book: what they may hold, who may make them, many of them in a table."""

TEXTS: dict[str, tuple[str, str]] = {
    # fields of an entry
    "book.field.missing": ("没有填写", "nothing stands here"),
    "book.field.unused": ("该事件没有这一项，应留空", "the event has no such field; it must be empty"),
    "book.field.together.revocation": (
        "仅当虚假居住（sham_residence）且参加调剂（adjust）时填写学区，且必须填写",
        "a zone stands here for sham_residence with adjust, and only then"),
    "book.field.together.objection_closed": (
        "异议不成立（rejected）时不得填写学校", "no school where the objection is rejected"),
    "book.field.together.ruling": (
        "给予学位（place）时必须填写学校，其他决定不得填写", "a school stands here for place, and only then"),
    "book.expected.id": (
        "应填编号：1 至 32 个半角字母、数字或连字符，不得有连续十五位数字",
        "1 to 32 letters, digits or hyphens, with no fifteen digits in a row"),
    "book.expected.round": (
        "应填一个批次的编号：preferential（优抚）、sibling（随兄姐）、open-choice（全区招生学校）、voluntary-1、"
        "voluntary-2（自愿报名）、batch-A 至 batch-E、batch-R1 至 batch-R3、adjustment（调剂）、adjustment-2；"
        "几个批次各写一次 --round",
        "the id of one round is expected: preferential, sibling, open-choice, voluntary-1, voluntary-2, batch-A to "
        "batch-E, batch-R1 to batch-R3, adjustment, adjustment-2; of several rounds, --round for each"),
    "book.expected.school": (
        "应填学校编号（在 schools.csv 里），如 fuli，不填校名",
        "the id of a school is expected (in schools.csv), such as fuli, not its name"),
    "book.expected.zone": (
        "应填学区编号（在 zones.csv 里），如 fuli，不填名称",
        "the id of a zone is expected (in zones.csv), such as fuli, not its name"),
    "book.expected.text": ("应为一行文字，1 至 500 字", "one line of 1 to 500 characters"),
    "book.expected.day": ("应为日期，如 2023-08-07", "a date is expected, such as 2023-08-07"),
    "book.expected.time": ("应为时间，如 2023-08-07T09:30:00", "a time is expected, such as 2023-08-07T09:30:00"),
    "book.expected.number": ("应为大于 0 的整数", "a whole number above 0 is expected"),
    "book.expected.word": ("应填：{expected}", "expected: {expected}"),
    "book.expected.children": ("应为 1 至 9 名学生", "a number of children from 1 to 9 is expected"),
    "book.expected.ids": ("应为报名号，用分号隔开", "ids of children are expected, joined by ;"),
    # persons and roles
    "book.no_persons": (
        "案卷文件夹里没有经办人名单；请建立 persons.csv，表头 person,roles，岗位可填 {roles}，用分号隔开",
        "the book's folder has no list of officers; make persons.csv with the headings person,roles; roles are "
        "{roles}, joined by ;"),
    "book.person_unknown": (
        "经办人名单中没有此人（名单：{persons}）", "nobody of this name is in the list of officers ({persons})"),
    "book.person_twice": ("此人已在名单中", "this person is in the list already"),
    "book.no_such_role": ("没有这一岗位，应填：{expected}", "no such role, expected: {expected}"),
    "book.role_not_held": (
        "{person} 没有这一岗位：{role}（名单上的岗位：{expected}）",
        "{person} does not hold this role: {role} (held: {expected})"),
    "book.no_role": (
        "{person} 不能录入该事件：该由{expected}录入，{person} 在 persons.csv 中的岗位是 {held}",
        "{person} may not enter this event: it is for the role {expected}, and persons.csv gives {person} {held}"),
    "book.several_roles": (
        "{person} 有几个岗位都可以录入该事件，请写明其一：{roles}",
        "several roles of {person} may enter this event; name one of {roles}"),
    # events from a table
    "book.import.own_command": (
        "该事件伴有文件，须单独办理：book do {kind}",
        "this event goes with files and has a command of its own: book do {kind}"),
    "book.import.no_type": ("没有这种事件，应填：{expected}", "no such event, expected: {expected}"),
    "book.import.not_an_event": ("这一行不是事件对象", "this line is no event"),
    "book.import.unknown_key": ("没有这一项", "there is no such field"),
    "book.import.not_text": ("应为文字或整数", "a text or a whole number is expected"),
    "book.import.nothing": ("文件里没有事件", "the file holds no event"),
    "book.import.refused": (
        "第 {row} 行，{event}：", "row {row}, {event}:"),
    "book.import.none_written": (
        "{count} 条事件都没有写入。", "None of the {count} {count:event was/events were} written."),
    "book.import.read": ("读取 {count} 条事件", "{count} {count:event/events} read"),
}
