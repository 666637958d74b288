"""Texts (zh, en) of the options, by command and option; ``any`` where an option means the same everywhere."""

TEXTS: dict[str, tuple[str, str]] = {
    "help.any.again": (
        "替换以前封存的数据或摇号记录，须写明理由；旧的编号保留。",
        "Replace what was frozen or drawn before, for this reason; it is kept under a number."),
    "help.any.allow_weak_seed": (
        "见证人或数字位数不够也接受；每份名单都会注明“随机数不足”。",
        "Accept too few witnesses or bits; every list says so."),
    "help.any.as_json": ("以 JSON 格式输出结果。", "Print the result as JSON."),
    "help.any.encoding": ("CSV 文件的编码；不写则自动识别。", "Encoding of the CSV files; found out where not given."),
    "help.determine.encoding": ("CSV 文件的编码；不写则为 UTF-8。", "Encoding of the CSV files; default: UTF-8."),
    "help.determine.out": (
        "输出文件夹；默认 DIR/roster，民办摇号为 DIR。",
        "Output folder; default: DIR/roster, of the private draw DIR."),
    "help.determine.private_draw": (
        "按此摇号记录进行民办学校的摇号，只写出 private-result.csv。",
        "Hold the draw for the private schools by this transcript; writes private-result.csv only."),
    "help.determine.private_freeze": (
        "写出民办摇号的名册和须在摇号前公布的校验值。",
        "Write draw roster and digests of the private draw, to publish before it."),
    "help.determine.private_seed": (
        "用 64 位十六进制的随机种子模拟民办摇号。",
        "Rehearse the private draw with a seed of 64 hexadecimal digits."),
    "help.determine.replace": (
        "即使已有另一次民办摇号的结果也予以替换。",
        "Replace the result of another private draw, or of a public one."),
    "help.rulings.encoding": ("CSV 文件的编码；不写则为 UTF-8。", "Encoding of the CSV files; default: UTF-8."),
    "help.draw.verify.frozen": (
        "封存数据所在文件夹，用来指出改动；默认 OUT/frozen 或 OUT 旁边的 frozen。",
        "The frozen files, which tell what was changed; default: OUT/frozen or beside OUT."),
    "help.any.help": ("显示本说明并退出。", "Show this message and exit."),
    "help.any.lang": (
        "提示用的语言：zh 中文，en 英文。不写则依环境变量 ALLOCATOR_LANG，再依电脑的语言。",
        "Language of messages; default: that of ALLOCATOR_LANG, else of the machine."),
    "help.any.lists": (
        "名单、工作簿、网页和公布的表用的语言：zh 中文，en 英文，both 中英对照。"
        "不写则中文电脑只用中文，其他电脑中英对照。",
        "Language of lists, workbook, pages and published tables; default: zh on a Chinese machine, else both."),
    "help.any.out": ("输出文件夹。", "Output folder."),
    "help.any.quiet": ("除错误外不显示任何内容。", "Print nothing but faults."),
    "help.any.replace": (
        "即使 OUT 中是另一次公开摇号的结果也予以替换。",
        "Replace OUT even if it holds the result of another public draw."),
    "help.any.report": (
        "写出一个带图的网页，可离线打开（需要可选组件 report）。",
        "A page with pictures, off-line and whole (extra [report])."),
    "help.any.seed": ("模拟种子。", "Seed of the simulation."),
    "help.any.version": ("显示版本并退出。", "Show the version and exit."),
    "help.capacity.as_json": (
        "以 JSON 格式输出结果；实例文件总是如此。",
        "Print the answer as JSON; for an instance always so."),
    "help.capacity.by": (
        "招生区：按本政策规则和摇号得出的名单，还是按理论最优的名单。",
        "District: the policy's own list under its lots, or the best list at all."),
    "help.capacity.class_size": ("招生区：每班学位数。", "District: seats of a class."),
    "help.capacity.classes": (
        "招生区：最多增加多少个班（整班增加）。",
        "District: most extra classes, given as a whole."),
    "help.capacity.draws": ("招生区：取多次模拟摇号的平均值。", "District: means over simulated draws."),
    "help.capacity.encoding": (
        "招生区：CSV 文件的编码；不写则自动识别。",
        "District: encoding of the CSV files; found out where not given."),
    "help.capacity.extra_seats": ("最多共增加多少个学位。", "Most extra seats in all."),
    "help.capacity.fewest": (
        "招生区：最少增加多少学位（与 --class-size 同用则为多少个班），使学生全部落实学位，且 --not-diverted "
        "各类学生无一人分流。",
        "District: the fewest seats (with --class-size: classes) so that nobody is left without a seat and no "
        "child of --not-diverted is diverted."),
    "help.capacity.list_length": (
        "实例文件：每份志愿计入多少所学校。",
        "Instance: how many schools of each list count."),
    "help.capacity.not_diverted": (
        "招生区，与 --fewest 同用：哪些类别，以逗号分隔；不写则为选择登记学校的各类（政策中 home: registered）。",
        "District, with --fewest: categories, separated by commas; default: those that register at a school (home: "
        "registered)."),
    "help.capacity.out": (
        "招生区：写出各校的表，FILE.csv 或 FILE.xlsx。",
        "District: write the schools as FILE.csv or FILE.xlsx."),
    "help.capacity.quiet": ("招生区：除错误外不显示任何内容。", "District: print nothing but faults."),
    "help.capacity.time_limit": (
        "到时提前结束，给出目前最好的方案及其下界。",
        "End the search early, with the best extra seats and their bound."),
    "help.capacity.trial_seed": (
        "招生区：试运行名单和模拟摇号用的模拟种子。",
        "District: seed of the trial list and of the simulated draws."),
    "help.capacity.where": (
        "招生区：可以增加学位的学校，每所写一次；不写则为本区所有学校。",
        "District: a school that may get seats, once for each; default: all own schools."),
    "help.check.allow_weak_seed": (
        "见证人或数字位数不够也接受，与 run 的同名选项相同。",
        "Accept too few witnesses or bits, as 'run' does with it."),
    "help.draw.freeze.as_json": ("以 JSON 格式输出校验值。", "Print the digests as JSON."),
    "help.draw.transcript.event": (
        "摇号场次编号；作废的摇号也占用一个编号。",
        "Number of the draw; a void draw uses one up."),
    "help.draw.transcript.order": (
        "不按随机数散列摇号，而用别的次序：numbers（号码另行产生，取记录旁的 "
        "numbers.csv），或 ring:起始号:间隔数（循环摇号）。此时可以不要见证人的数字。",
        "Another order than that of hashed tickets: numbers (made elsewhere, in numbers.csv beside the transcript) or "
        "ring:START:STEP. Digits of witnesses are then not needed."),
    "help.draw.transcript.out": ("写到哪个文件；不写则为 DIR/transcript.txt。", "Default: DIR/transcript.txt."),
    "help.draw.transcript.source_file": (
        "把同样的内容写在文本文件里，每行一条。",
        "The same from a text file, one a line."),
    "help.draw.transcript.sources": (
        "每位见证人一条：witness-1:数字，缺席写 witness-2:缺席；或 "
        "drand-网络:轮次:随机值。不写而在终端运行时，逐一询问并输入两遍。",
        "witness-1:DIGITS, witness-2:ABSENT, drand-NETWORK:ROUND:HEX; once for each contribution. Without any, on "
        "a terminal: you are asked, twice."),
    "help.draw.verify.trial_seed": ("没有文件写明时，给出试运行的模拟种子号。", "Number of a trial no file tells."),
    "help.generate.children": ("学生人数。", "Number of children."),
    "help.generate.policy": (
        "用哪个政策：ranked-choice、tongliao-2023-junior、tongliao-2023-primary。",
        "Whose rules: ranked-choice, tongliao-2023-junior, tongliao-2023-primary."),
    "help.generate.seed": ("模拟种子；模拟种子相同，文件逐字节相同。", "Same seed, same bytes."),
    "help.new.empty": (
        "不复制样例的数据，只给出它的各张空表（.xlsx）和填表说明 instructions.xlsx。",
        "Not the example's data but its tables without rows (.xlsx), and instructions.xlsx."),
    "help.new.example": ("用哪个随附样例。", "Which shipped district."),
    "help.intake.columns": (
        "对应表：平台的每一列、每个值对应到哪里。",
        "The map: where each heading and value of the platform goes."),
    "help.intake.proposed": (
        "按列名和内容生成一份对应表，供招生办核对；已有的文件不会改动。",
        "Propose a map from headings and values, for the office to check; a file that is there is left alone."),
    "help.intake.is_removed": (
        "与 --write 一起用：导出文件中已没有的学生从各表中删除。",
        "With --write: drop children whom the export no longer has."),
    "help.intake.is_written": (
        "写出各表；不写此项只是预演。",
        "Write the tables; without it this is a dry run."),
    "help.odds.as_json": ("以 JSON 格式输出全部内容，供规划人员使用。", "Print everything as JSON, for planners."),
    "help.odds.category": ("只看这一类别。", "Only this category."),
    "help.odds.demand_draws": (
        "从名册重新抽取多少份名册，每份摇号 N 次；0 表示只用现有名册。",
        "Rosters resampled from this one, N draws of each; 0: this roster alone."),
    "help.odds.draws": ("模拟摇号次数。", "Simulated draws."),
    "help.odds.families": (
        "写出供家长查看的表（FILE.csv 或 FILE.xlsx），人数很少的类别合并。",
        "Write the table for families as FILE.csv or FILE.xlsx, small groups taken together."),
    "help.odds.out": (
        "写出全部类别的表（FILE.csv 或 FILE.xlsx），供规划人员使用，不得公布。",
        "Write every kind for planners as FILE.csv or FILE.xlsx; not for publication."),
    "help.odds.workers": (
        "同时运行的进程数；不写则每核一个。结果与此无关。",
        "Processes; default: one a core. The result does not depend on it."),
    "help.odds.zone": (
        "只看这一学区：写学区编号，或其学校名称。",
        "Only this zone: its id, or the name of its school."),
    "help.optimum.as_json": ("以 JSON 格式输出汇总。", "Print the summary as JSON."),
    "help.optimum.method": (
        "各方法得到同样的最优结果；有多胞胎时 flow 和 plain 只适用于几千名学生。",
        "All find the same optimum; with bundles 'flow' and 'plain' are for some thousands of children."),
    "help.optimum.time_limit": (
        "到时提前结束搜索，给出目前最好的名单及其上界；读取、检查和写出的时间另计。",
        "End the search early, with the best list and its bound; reading, checking and writing come on top."),
    "help.optimum.trial_seed": (
        "试运行用第几号模拟种子；不写则用 DIR/transcript.txt，没有摇号记录时用第 1 号。",
        "Seed of a trial; default: DIR/transcript.txt, or trial 1 where there is none."),
    "help.optimum.use_hard_cap": ("学位数取最大容量，不取招生计划。", "Seats are the hard caps instead of the plan."),
    "help.run.as_json": ("以 JSON 格式输出汇总。", "Print the summary as JSON."),
    "help.run.engine": (
        "procedure（仅顺序程序）用于约束模型复核算不了的大规模数据；独立检查程序总会运行。",
        "'procedure' alone is for sizes beyond the model's reach; the checker always runs."),
    "help.run.no_trace": ("不写过程记录 trace.jsonl；explain 需要它。", "Leave out trace.jsonl; 'explain' needs it."),
    "help.run.no_workbook": ("不写名单和 Excel 工作簿。", "Leave out the Excel workbook."),
    "help.run.out": ("输出文件夹；不写则为 DIR/out。", "Output folder; default: DIR/out."),
    "help.run.transcript": ("摇号记录文件；不写则为 DIR/transcript.txt。", "Default: DIR/transcript.txt."),
    "help.run.trial_seed": (
        "试运行，用第 N 号模拟种子；每份名单都标明 TRIAL。",
        "A trial run; every list is marked TRIAL."),
    "help.seats.as_json": ("以 JSON 格式输出效果。", "Print the effects as JSON."),
    "help.seats.class_size": ("每班学位数。", "Seats of one class."),
    "help.seats.draws": (
        "取多次模拟摇号的平均值，带 95% 区间；不写则只用一次试运行摇号。",
        "Means over simulated draws, with their 95 % intervals; default: the trial draw alone."),
    "help.seats.out": ("写出表，FILE.csv 或 FILE.xlsx。", "Write the table as FILE.csv or FILE.xlsx."),
    "help.seats.trial_seed": ("试运行名单和模拟用第几号模拟种子。", "Seed of the trial list and of the simulation."),
    "help.sweep.address": (
        "Dask 集群调度器的地址：tcp://主机:8786；加密时用 tls://主机:8786，并给出下面三个文件。",
        "Scheduler of a Dask cluster: tcp://host:8786, or tls://host:8786 with the three files below."),
    "help.sweep.tls_ca": (
        "为调度器和计算节点作证的证书（PEM）。",
        "Certificate of whoever vouches for the scheduler and the workers."),
    "help.sweep.tls_cert": ("本程序的证书（PEM）。", "Certificate of this program."),
    "help.sweep.tls_key": ("本程序证书的密钥（PEM，无密码）。", "Its key, without a password."),
    "help.sweep.as_json": ("以 JSON 格式输出汇总。", "Print the summary as JSON."),
    "help.sweep.demand_draws": (
        "从名册重新抽取多少份名册；0 表示只用现有名册。",
        "Rosters drawn anew from the roster; 0: the roster itself."),
    "help.sweep.draws": (
        "每个组合（每份抽取的名册）模拟摇号的次数。",
        "Simulated public draws of every combination (and demand draw)."),
    "help.sweep.out": ("写出汇总表，FILE.csv 或 FILE.xlsx。", "Write the summary as FILE.csv or FILE.xlsx."),
    "help.sweep.store": (
        "模拟结果保存在哪里；不写则在当前文件夹，用网格文件的名称。",
        "Where results are kept; default: the grid's name in the current folder."),
    "help.sweep.workers": ("同时运行的进程数；不写则每核一个。", "Processes; default: one for each core."),
    "help.sweep.yes": ("模拟超过一百万次时不再询问。", "Do not ask before more than a million runs."),
    "help.verify.allow_weak_seed": ("与 --list 同用：随机数不足也接受。", "With --list: accept a weak seed."),
    "help.verify.list_files": (
        "核验其他方式做出的名单：CSV、工作簿，或存放名单的文件夹；此时 OUT 写招生区文件夹。",
        "A list made elsewhere, CSV or workbook, or a folder of lists; OUT is then a district folder."),
    "help.verify.tables": (
        "招生办公室自己的表，与 OUT 中的副本逐格比对。",
        "The office's own tables, to be compared with the copies in OUT value by value."),
    "help.verify.transcript": ("与 --list 同用：该名单的摇号记录。", "With --list: its transcript."),
    "help.verify.trial_seed": ("与 --list 同用：该名单的模拟种子号。", "With --list: its trial seed."),
    "help.verify.encoding": (
        "与 --list 或 --tables 同用：CSV 文件的编码；不写则自动识别。",
        "Encoding of the CSV files of --list or --tables; found out where not given."),
    "help.warnings.as_json": ("以 JSON 格式输出预警。", "Print the warnings as JSON."),
    "help.warnings.out": ("写出表，FILE.csv 或 FILE.xlsx。", "Write the table as FILE.csv or FILE.xlsx."),
    "help.warnings.together": (
        "把所有假设方案按先后顺序合成一种预测。",
        "Compose all what-ifs, in this order, into one forecast."),
    "help.warnings.what_ifs": (
        "预测所用的假设方案；写多个则各为一种预测，并列显示。",
        "A what-if of a forecast; several are as many forecasts beside each other."),
    "help.what-if.as_json": ("以 JSON 格式输出汇总。", "Print the summary as JSON."),
    "help.what-if.day": (
        "网页上注明的生成日期；不写则用环境变量 SOURCE_DATE_EPOCH，再则用今天。",
        "Day that the page says it was made on; default: SOURCE_DATE_EPOCH, else today."),
    "help.what-if.draws": (
        "模拟摇号次数：每个差值都带 95% 区间。",
        "Simulated draws: every difference with its 95 % interval."),
    "help.what-if.no_optimum": ("不计算与理论最优的差距。", "Leave out the price of the rules."),
    "help.what-if.not_diverted": (
        "首行数字：哪些类别的学生不得分流，以逗号分隔；不写则为选择登记学校的各类（政策中 home: registered）。",
        "Headline: categories, separated by commas, of which nobody shall be diverted; default: those that "
        "register at a school (home: registered)."),
    "help.what-if.pictures": (
        "把现状的图写成 SVG 文件（需要可选组件 report）。",
        "The pictures of the base as SVG files (extra [report])."),
    "help.what-if.together": (
        "把所有文件按先后顺序合成一个假设方案。",
        "Compose all files, in this order, into one what-if."),
    "help.what-if.trial_seed": ("试运行名单和模拟用第几号模拟种子。", "Seed of the trial lists and of the simulation."),
    "help.what-if.workers": (
        "模拟摇号的进程数；不写则与处理器数相同。",
        "Processes that draw; default: the number of processors."),
}
