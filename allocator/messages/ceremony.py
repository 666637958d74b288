"""Texts (zh, en) of the draw day: what the projector shows at each step."""

TEXTS: dict[str, tuple[str, str]] = {
    "ceremony.name": ("公开摇号", "Public draw"),
    "ceremony.head": ("公开摇号 · 场次 {event}", "Public draw {event}"),
    "ceremony.step": ("第 {number} 步，共 {of} 步：{name}", "Step {number} of {of}: {name}"),
    "ceremony.step.1": ("宣布开始", "Opening"),
    "ceremony.step.2": ("公布人数和校验值", "Counts and digests"),
    "ceremony.step.3": ("见证人报出数字", "The witnesses' digits"),
    "ceremony.step.4": ("摇号记录和随机种子", "Transcript and seed"),
    "ceremony.step.5": ("摇号结果", "Orders"),
    "ceremony.step.6": ("签字", "Signatures"),
    # Step 1
    "ceremony.welcome_note": (
        "全部数据已经封存。见证人当众报出数字之后才开始计算；任何人都可以用公布的文件自行核对。",
        "All data are frozen. Nothing is computed before the witnesses' last digit; anybody can recompute "
        "the draw from "
        "the published files."),
    "ceremony.place": ("地点", "Place"),
    "ceremony.time": ("时间", "Time"),
    "ceremony.event": ("摇号场次编号", "Number of the draw"),
    "ceremony.witnesses": ("见证人", "Witnesses"),
    "ceremony.round": ("事先指定的 drand 轮次", "drand round named beforehand"),
    "ceremony.ring_to_come": (
        "循环摇号：起始号和间隔数当众摇出之后公布", "Ring draw: start and step are drawn here, in public"),
    "ceremony.weak_allowed": (
        "注意：允许随机数不足，每份名单上都会注明", "Note: a weak seed is allowed, and every list will say so"),
    # Step 2
    "ceremony.counts": ("参加摇号的人数和学位", "Who takes part, and the seats"),
    "ceremony.parties": ("报名户（一名学生，或一组多胞胎）", "Parties (a child, or twins and more together)"),
    "ceremony.children": ("学生", "Children"),
    "ceremony.seats": ("学位", "Seats"),
    "ceremony.school": ("学校", "School"),
    "ceremony.digests": ("封存数据的校验值（SHA-256）", "Digests of the frozen data (SHA-256)"),
    "ceremony.digest.policy": ("政策文件 {files}", "Policy, {files}"),
    "ceremony.digest.roster": ("摇号名册 {files}", "Draw roster, {files}"),
    "ceremony.digest.inputs": ("学位、学区、类别和志愿 {files}", "Seats, zones, categories and choices, {files}"),
    "ceremony.digests_note": (
        "刚才由文件重新算出，与封存时公布的相同。请拍照留存；以后改动任何一个字，校验值都会不同。",
        "Computed again from the files just now, and equal to those published at the freeze. Take a picture: "
        "any change "
        "of a single character would change them."),
    # Step 3
    "ceremony.giving": ("请见证人依次报出数字", "The witnesses give their digits, one after the other"),
    "ceremony.giving_note": (
        "每位至少 20 位数字，当众摇出，录入两遍，录入时不显示；全部录入之后一并公布。",
        "At least 20 digits each, drawn in public, typed twice and not shown; all are published together at "
        "the end."),
    "ceremony.column.witness": ("序号", "No."),
    "ceremony.column.kind": ("见证人", "Witness"),
    "ceremony.column.state": ("状态", "State"),
    "ceremony.state.given": ("已录入", "given"),
    "ceremony.state.absent": ("缺席", "absent"),
    "ceremony.state.now": ("正在录入", "now"),
    "ceremony.state.wait": ("等候", "waits"),
    # Step 4
    "ceremony.transcript": ("摇号记录", "Transcript"),
    "ceremony.seed": ("随机种子（摇号记录的 SHA-256）", "Seed (SHA-256 of the transcript)"),
    "ceremony.seed_short": ("随机种子", "Seed"),
    "ceremony.transcript_digest": ("摇号记录的校验值（SHA-256）", "Digest of the transcript (SHA-256)"),
    "ceremony.order_line": ("摇号记录的 order= 行", "Line order= of the transcript"),
    "ceremony.digest_short": ("摇号记录的校验值", "Digest of the transcript"),
    # Step 5
    "ceremony.orders": ("摇号结果", "Orders"),
    "ceremony.computing": ("正在计算", "Computing"),
    "ceremony.computing_note": (
        "两种方法分别计算，再由独立检查程序核对。", "Computed in two ways, then judged by an independent checker."),
    "ceremony.stopped": ("计算停止，结果尚不公布", "Stopped: no result is announced"),
    "ceremony.stopped_note": (
        "摇号记录和随机种子有效，不重新摇号；查明原因之后用同一份摇号记录计算。",
        "Transcript and seed stay valid and nothing is drawn again; the run is computed from the same "
        "transcript once the "
        "cause is found."),
    "ceremony.no_draws": ("各校空余学位均够，无须摇号", "No school was short of seats; no draw had to be held"),
    "ceremony.column.rank": ("名次", "Rank"),
    "ceremony.column.party": ("报名号", "Number"),
    "ceremony.column.ticket": ("摇号随机号（前 12 位）", "Ticket (first 12 digits)"),
    "ceremony.column.result": ("结果", "Result"),
    "ceremony.draw_page": (
        "第 {number} 项摇号，共 {draws} 项 · 第 {page} 页，共 {pages} 页 · {draw_id}",
        "draw {number} of {draws} · page {page} of {pages} · {draw_id}"),
    "ceremony.result.admitted": ("录取", "admitted"),
    "ceremony.result.not_admitted": ("未摇中", "not admitted"),
    "ceremony.result.passed_over": ("空余学位不足，未录取", "passed over: too few seats for all children"),
    "ceremony.result.elsewhere": ("已由志愿在前的学校录取", "got a school it prefers"),
    "ceremony.result.unplaced": ("尚未落实学位", "not placed"),
    # Step 6
    "ceremony.papers": ("会议纪要和签字", "Minutes and signatures"),
    "ceremony.papers_note": (
        "摇号会议纪要、见证人签字页、公证页已经生成，请见证人核对数字后签字。",
        "Minutes, witness sheet and notary sheet are made; the witnesses compare their digits and sign."),
}
