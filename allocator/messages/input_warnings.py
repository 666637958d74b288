"""Texts (zh, en) of warnings of the input: what no rule refuses, but the office should look at before the draw."""

TEXTS: dict[str, tuple[str, str]] = {
    "warn.id_lengths": (
        "全由数字组成的编号长短不一，位数（人数）：{lengths}；多数为 {usual} 位。"
        "经 Excel 另存的 CSV 会丢掉开头的 0，请与报名回执核对",
        "ids of digits only have different lengths, digits (children): {lengths}; most have {usual}. Excel drops "
        "leading zeros when it saves CSV: compare with the families' receipts"),
    "warn.leading_zeros": (
        "与第{first}行的编号 {other} 只差开头的 0；请核对是否同一个（学生编号请与报名回执核对）",
        "differs from {other} in line {first} in leading zeros only; see whether they are one (a child's number "
        "is on its receipt)"),
    "warn.capitals": (
        "与第{first}行的编号 {other} 只有大小写不同；请核对是否同一个",
        "differs from {other} in line {first} in capitals only; see whether they are one"),
    "warn.same_child": (
        "与第{first}行的 {other} 姓名、性别、住址相同（一方未填写的不比较），又没有登记为同一组多胞胎；"
        "请核对是否同一名学生有两个报名号（会各得一次摇号机会）",
        "agrees with {other} in line {first} in name, sex and home (where both are given), and they share no bundle; "
        "see whether one child has two registration numbers (each takes part in the draw)"),
    "warn.shipped_notice": (
        "政策文件的说明仍是随附样例的“合成数据”字样；名册如已换成真实数据，请修改 notice，否则每份名单都会这样注明",
        "the policy still has the notice of a shipped example, which every list shows; where the tables are real by "
        "now, change it"),
    "warn.degrees": (
        "坐标像是经纬度（度），应为平面坐标（米）；请换算，否则距离全部算错",
        "these coordinates look like degrees of longitude and latitude; expected metres in a plane, or every distance "
        "is wrong"),
    "warn.all_alike": (
        "所有学生此列的值都相同；请核对该列是否填错、对应错",
        "no child differs from another in this column; is it the right one?"),
    "warn.wish_not_listed": (
        "分流意愿不起作用：该校不在对口学校 {home} 的接收学校名单中（共 {count} 名学生，首名为 {first}）",
        "this diversion wish has no effect: the school is not on the receiving list of the home school {home} "
        "({count} {count:child/children}, the first is {first})"),
    "warn.wish_own_school": (
        "分流意愿不起作用：该校就是对口学校（共 {count} 名学生，首名为 {first}）",
        "this diversion wish has no effect: it is the home school itself ({count} {count:child/children}, the first "
        "is {first})"),
    "warn.wishes_by_distance": (
        "分流意愿均不起作用：divert_assign 为 least_distance，分流以总路程最短为准（{count} 名学生填报了意愿）",
        "no diversion wish has any effect: under divert_assign: least_distance the sum of distances decides ({count} "
        "{count:child has/children have} wishes)"),
}
