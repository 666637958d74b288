"""Texts (zh, en) of the page with which a family deals the classes again: ``classes.html``."""

TEXTS: dict[str, tuple[str, str]] = {
    "classes.page_title": ("核对分班结果", "Check the class placement"),
    "classes.page_lead": (
        "本网页在您的手机或电脑上，用公布的文件把分班重新计算一遍。文件不会上传，本网页不联网、不保存任何内容。",
        "This page deals the classes again, on your phone or computer, from the published files. No file is sent "
        "anywhere; the page uses no network and keeps nothing."),
    "classes.page_choose": ("打开公布的文件", "Open the published files"),
    "classes.page_choose_how": (
        "选择下载的全部文件：摇号记录 transcript.txt、分班名册 class-roster.csv、班级数 classes.csv、"
        "分班结果 placement.csv、轮次 attempts.csv；如有班主任抽签和后到学生的表，也一并选择。",
        "Choose all files that you downloaded: transcript.txt, class-roster.csv, classes.csv, placement.csv and "
        "attempts.csv, and the tables of head teachers and late arrivals if there are any."),
    "classes.page_ask": ("查一个报名号", "Look up a registration number"),
    "classes.page_ask_how": (
        "输入报名时取得的报名号（不是身份证号）。",
        "Type the registration number that you were given (not that of an identity card)."),
    "classes.page_limits": ("哪些核对不了", "What cannot be checked here"),
    "classes.page_limits_said": (
        "公布的文件不能说明名册里的性别、成绩、同班和分班要求是否属实；这些在摇号之前已经封存，由学校核对。",
        "The published files cannot show whether sex, scores and wishes in the roster are true; they were frozen "
        "before the draw, and the school checks them."),
    "classes.page_state_empty": ("还没有文件", "No files yet"),
    "classes.page_state_working": ("正在计算……", "Computing …"),
    "classes.page_state_ok": ("全部相符", "Everything agrees"),
    "classes.page_state_incomplete": ("未发现不符，但文件不全", "Nothing is wrong, but files are missing"),
    "classes.page_state_mismatch": ("发现不符", "Something does not agree"),
    "classes.page_said_empty": (
        "打开公布的文件后，这里显示核对结果。",
        "Open the published files and read the result here."),
    "classes.page_said_working": ("人数多时需要几秒钟。", "With many children this takes some seconds."),
    "classes.page_said_ok": (
        "已重新计算 {groups} 个分班单位、{pupils} 名学生：每一轮、每个班都与公布的一致。",
        "{groups} {groups:year group/year groups} with {pupils} {pupils:child/children} dealt again: every attempt and "
        "every class is as published."),
    "classes.page_said_incomplete": (
        "缺少的文件见下；其余均相符。",
        "What is missing is listed below; the rest agrees."),
    "classes.page_said_mismatch": (
        "公布的文件互相矛盾，详见下列各项。请先重新下载一次；仍不相符的，请向学校提出。",
        "The published files contradict each other, as listed below. Download them once more; if they still differ, "
        "ask the school."),
    "classes.page_placed": (
        "{number} 分在 {school} {class} 班。",
        "{number} is in class {class} of {school}."),
    "classes.page_joined": (
        "{number} 为后到学生，编入 {school} {class} 班。",
        "{number} came late and joined class {class} of {school}."),
    "classes.page_unplaced": (
        "{number} 在分班名册中，但没有公布班级。",
        "{number} is on the roster, and no class is published."),
    "classes.page_unknown": (
        "{number} 不在这些文件中。请检查是否输错。",
        "{number} is in none of these files. Look for a slip in typing."),
    "classes.page_answer_files": ("请先打开公布的文件。", "Open the published files first."),
    "classes.page_of_team": ("班主任组：{team}", "Staff team: {team}"),
    "classes.page_of_attempt": (
        "该校共 {classes} 个班，第 {attempt} 轮分班成功。",
        "{classes} {classes:class/classes} here; attempt {attempt} was the first to meet all demands."),
    "classes.page_attempt_none": (
        "各轮都未能满足要求，没有分班。",
        "No attempt met all demands, so there is no placement."),
    "classes.page_doubt": (
        "注意：公布的文件互相矛盾，下面的结果不可靠。",
        "Beware: the published files contradict each other, and this answer may be wrong."),
    "classes.page_given": ("已打开 {count} 个文件。", "{count} {count:file/files} opened."),
    "classes.page_ignored": ("未使用：{names}", "Not used: {names}"),
    "classes.page_more": ("另有 {count} 处", "{count} more"),
    # What is found
    "classes.page_transcript": (
        "摇号记录的格式不对，无法计算；请重新下载",
        "the transcript has not the one form, so nothing can be computed; download it anew"),
    "classes.page_seed": (
        "许多学生的班级与这份摇号记录算出的不同：摇号记录被改动，或不是这次分班的",
        "many children have another class than this transcript gives: it was changed, or belongs to another draw"),
    "classes.page_changed": (
        "{table} 的校验值与摇号记录所写的不符，现为 {found}",
        "the SHA-256 of {table} is not that of the transcript, found {found}"),
    "classes.page_roster": (
        "此行不合规则、编号重复或没有对应的学校",
        "this line is not as it must be, stands here twice, or is of no school here"),
    "classes.page_pupil": (
        "此报名号不应在此，或重复出现",
        "this number does not belong here, or stands here twice"),
    "classes.page_class": ("重新计算得 {expected} 班", "dealt again the class is {expected}"),
    "classes.page_sequence": ("各行未按编号排列", "lines are not in their order"),
    "classes.page_absent": ("缺少这一行", "a line is missing"),
    "classes.page_group": (
        "没有这样的学校和走读（寄宿）类别，或重复出现",
        "no such school and track, or it stands here twice"),
    "classes.page_attempt": (
        "重新计算得班级数和轮次 {expected}",
        "dealt again, classes and attempt are {expected}"),
    "classes.page_team": (
        "重新计算得 {expected} 班，或抽签结果重复",
        "drawn again the class is {expected}, or a lot stands twice"),
}
