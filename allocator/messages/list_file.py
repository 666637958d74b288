"""Texts (zh, en) of lists made elsewhere, as they are read."""

TEXTS: dict[str, tuple[str, str]] = {
    "list.no_lists": ("文件夹中没有名单（.csv 或 .xlsx）", "the folder holds no list (.csv or .xlsx)"),
    "list.few_cells": (
        "此行只有 {found} 格，所需的列在第 {expected} 格",
        "this row has {found} {found:cell/cells}, and a column that is needed is the {expected}th"),
    "list.name_of_several": (
        "有几所学校叫这个名称，请改填学校编号：{expected}",
        "several schools have this name, an id is expected: {expected}"),
    "list.two_schools": (
        "与同一行的学校编号 {school}（{name}）不是同一所学校；请核对，只保留正确的一个",
        "is another school than the id in the same row, {school} ({name}); see which is right and keep that one"),
    "list.unknown_school": (
        "schools 表中没有此学校；是否指 {likely}？请填学校编号或学校全称",
        "this school is not in the table of schools; is it {likely}? an id or a full name is expected"),
    "list.of_one_school": (
        "这是一所学校的名单，其他学校的学生不在其中；"
        "请一次给出全部名单（--list 可写多次，也可给出文件夹或 lists.xlsx）",
        "this is the list of one school, children of the others are not on it; give all lists at once (--list may "
        "stand several times, or name a folder or lists.xlsx)"),
    "list.only_school": (
        "这是一所学校的名单：核对了名单上的学生，也核对了有无应在该校而漏列的学生；其余 {count} 名学生不在名单上，"
        "未核对（要核对全部学生，请一次给出全部名单）",
        "this is the list of one school: the children on it were judged, and whether a child of this school lacks; the "
        "other children ({count}) are not on it and were not judged (to judge all, give all lists at once)"),
}
