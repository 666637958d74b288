"""Texts (zh, en) of grids, sweeps and their results files."""

TEXTS: dict[str, tuple[str, str]] = {
    "simulate.model_decides": (
        "此取值由约束模型决定分流，不能由顺序程序一次次重新计算；请改为 serial_by_ticket",
        "under this value the model decides the diversion, and lists cannot be made again and again by the "
        "procedure; set serial_by_ticket"),
    "grid.same_name": ("与第{line}行同名", "the same name stands on line {line}"),
    "grid.no_what_if": ("无法读取假设文件：{reason}", "the what-if file cannot be read: {reason}"),
    "grid.too_many_cells": ("组合过多，最多 {most} 个", "too many combinations; {most} at most"),
    "sweep.title": ("模拟结果汇总", "Summary of a sweep"),
    "sweep.mark": (
        "模拟，仅供规划测算，不是录取结果；学位只由 allocator run 分配",
        "SIMULATED, for planning only, no child's seat; seats are given by 'allocator run' alone"),
    "sweep.size": (
        "每个组合 {draws} 次模拟摇号，第 {seed} 号模拟种子；差值按同一次摇号逐对计算，"
        "± 为 95% 区间的一半（t 分布），只就本名册的摇号而言",
        "{draws} simulated {draws:draw/draws} of each combination, simulation seed {seed}; differences are paired "
        "draw by draw, ± is half the 95 % interval (Student's t) and speaks of the lots of this roster alone"),
    "sweep.size_demand": (
        "每个组合 {demands} 次需求模拟，各 {draws} 次模拟摇号，第 {seed} 号模拟种子；差值按同一次摇号逐对计算，"
        "± 为 95% 区间的一半（按需求模拟次数的 t 分布）",
        "{demands} demand {demands:draw/draws} with {draws} simulated {draws:draw/draws} each, of each combination, "
        "simulation seed {seed}; differences are paired draw by draw, ± is half the 95 % interval by demand draw "
        "(Student's t)"),
    "sweep.base": ("现状", "base"),
    "sweep.column.cell": ("组合", "Cell"),
    "sweep.column.options": ("选项", "Options"),
    "sweep.option": ("{axis}：{option}", "{axis}: {option}"),
    "sweep.column.figure": ("指标", "Figure"),
    "sweep.column.of": ("学校或类别", "School or category"),
    "sweep.column.mean": ("均值", "Mean"),
    "sweep.column.error": ("均值的标准误", "Standard error of the mean"),
    "sweep.column.difference": ("与现状之差", "Difference to the base"),
    "sweep.column.difference_error": ("差值的标准误", "Standard error of the difference"),
    "sweep.column.half": ("均值 95% 区间的一半", "Half of the 95 % interval of the mean"),
    "sweep.column.difference_half": ("差值 95% 区间的一半", "Half of the 95 % interval of the difference"),
    "sweep.column.clear": ("是否明显不同", "Clearly different"),
    "sweep.clear.yes": ("明显", "yes"),
    "sweep.clear.no": ("不明显", "no"),
    "sweep.clear.few": ("模拟不足 {fewest} 次，不作判断", "fewer than {fewest} draws: not judged"),
    "sweep.few": (
        "需求模拟不足 {fewest} 次：任何差别都不称为明显",
        "fewer than {fewest} demand draws: no difference is called clear"),
    "sweep.few_draws": (
        "模拟摇号不足 {fewest} 次：任何差别都不称为明显",
        "fewer than {fewest} draws: no difference is called clear"),
    "sweep.figure.taken": ("就读学生", "children seated"),
    "sweep.figure.without_seat": (
        "该类学生尚未落实学位（含待领导小组研究确定）",
        "of this category without a seat, rulings included"),
    "sweep.figure.diverted_or_adjusted": ("该类学生分流或调剂", "of this category diverted or adjusted"),
    "sweep.kept": ("模拟结果保存在 {file}", "results are kept in {file}"),
    "sweep.resuming": (
        "{file} 中已有 {done} 次，尚需 {rest} 次",
        "{file} holds {done} {done:run/runs} already; {rest} to go"),
    "sweep.interrupted": (
        "已中断；{file} 中的结果保留，再次运行同一命令即可继续",
        "interrupted; the results in {file} stay, the same command again goes on from there"),
    "sweep.not_run": ("未运行，未写出任何文件", "nothing was run or written"),
    "sweep.ask": (
        "将模拟最多 {runs} 次（{cells} 个组合）。继续？",
        "This makes up to {runs} {runs:run/runs} ({cells} {cells:combination/combinations}). Go on?"),
    "sweep.too_many": (
        "模拟次数超过 {most} 次，需要确认；无法询问时请加 --yes",
        "more than {most} runs need a yes; where nobody can be asked, give --yes"),
    "sweep.both": ("--cluster 与 --workers 只能用一个", "give --cluster or --workers, not both"),
    "sweep.damaged": (
        "结果文件已损坏（{what}）；请换一个文件，或删除后重新计算",
        "the results file is damaged ({what}); take another, or remove it and compute anew"),
    "sweep.no_folder": ("文件夹不存在", "there is no such folder"),
    "sweep.other_file": (
        "已有同名文件，且不是模拟结果汇总表；未覆盖，请换一个文件名",
        "a file of this name is there and is no summary of a sweep; it stays as it is, choose another name"),
    "sweep.not_results": (
        "已有同名文件，且不是模拟结果文件；未改动，请用 --store 换一个文件名",
        "a file of this name is there and holds no results of a sweep; it stays as it is, choose another with --store"),
    "sweep.other_version": (
        "模拟结果文件由另一版本生成（应为 {expected}）；未改动，请用 --store 换一个文件名",
        "the results are of another version (expected: {expected}); they stay as they are, choose another file with "
        "--store"),
    "sweep.other_district": (
        "模拟结果属于另一个区或改动前的名册、政策（应为 {expected}）；未改动，请用 --store 换一个文件名",
        "the results are of another district, or of its tables or policy before a change (expected: {expected}); they "
        "stay as they are, choose another file with --store"),
    "sweep.other_seed": (
        "模拟结果的模拟种子不同（应为 {expected}）；未改动，请用 --store 换一个文件名",
        "the results are of another simulation seed (expected: {expected}); they stay as they are, choose another "
        "file with --store"),
    "sweep.store_fails": ("无法读写模拟结果文件：{reason}", "the results file cannot be read or written: {reason}"),
    "sweep.not_same": (
        "{file}：组合 {digest}、需求模拟 {demand}、摇号 {draw} 两次得到不同的结果",
        "{file}: composition {digest}, demand draw {demand}, draw {draw} came twice with different results"),
    "sweep.worker_version": (
        "集群上的程序版本是 {found}，此处是 {expected}",
        "a worker of the cluster runs {found}, here it is {expected}"),
    "sweep.worker_lost": (
        "计算进程意外终止（可能是内存不足）；已保存的结果保留，再次运行同一命令即可继续",
        "a worker ended unexpectedly (was its memory used up?); what is stored stays, the same command again goes on"),
    "sweep.cluster_lost": (
        "与集群调度器的连接中断；已保存的结果保留，再次运行同一命令即可继续",
        "the connection to the cluster's scheduler was lost; what is stored stays, the same command again goes on"),
    "sweep.no_extra": (
        "使用集群需要可选组件 cluster，本机未安装；请带上这个组件重新安装本程序（docs/zh/install.md）",
        "a cluster needs the extra 'cluster', which is not installed here; install the program again with it "
        "(docs/install.md)"),
    "sweep.no_address": (
        "应为调度器地址，例如 tcp://127.0.0.1:8786",
        "expected the address of a scheduler, such as tcp://127.0.0.1:8786"),
    "sweep.unreachable": (
        "无法连接此集群的调度器：{reason}",
        "the scheduler of this cluster cannot be reached: {reason}"),
    "sweep.no_certificates": (
        "加密的集群需要证书文件，缺少：{missing}",
        "an encrypted cluster needs certificate files; missing: {missing}"),
    "sweep.tls_unused": (
        "证书只用于 tls:// 或 wss:// 开头的 --cluster 地址",
        "certificates are for a --cluster address that begins with tls:// or wss:// only"),
    "sweep.bad_certificate": (
        "不是可用的 PEM 证书或密钥（{reason}）",
        "no certificate or key in PEM format that can be used ({reason})"),
    "sweep.worker_cannot": (
        "此计算节点不能参加：{reason}。每台机器须安装与此处相同的程序、Python 和 numpy",
        "it cannot do the work: {reason}. Every machine needs the program, Python and numpy that are here"),
    "sweep.worker_silent": (
        "计算节点在 {seconds} 秒内没有说明所用的程序版本",
        "no answer of the workers within {seconds} s about which program they run"),
    "sweep.no_worker": ("此集群没有计算节点", "this cluster has no worker"),
    "sweep.told": (
        "{done} / {total} 次，每秒 {rate} 次，约剩 {left}",
        "{done} of {total} {total:run/runs}, {rate} a second, about {left} left"),
    "sweep.running": ("模拟", "runs"),
    "progress.grid": ("核对各组合", "judging every combination"),
    "progress.summary": ("汇总", "summing up"),
}
