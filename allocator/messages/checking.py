"""Texts (zh, en) of the checker: what is wrong with a list. Child, school and clause are told beside the text."""

TEXTS: dict[str, tuple[str, str]] = {
    # rows taken one by one
    "check.missing_child": ("名册中有该生，名单中没有", "the child is in the roster but not in the list"),
    "check.unknown_child": ("名单中有该生，名册中没有", "the child is in the list but not in the roster"),
    "check.duplicate_child": ("该生在名单中不止出现一次", "the child stands in the list more than once"),
    "check.unknown_outcome": ("没有“{outcome}”这种结果", "there is no outcome “{outcome}”"),
    "check.cells_not_empty": (
        "结果为“{outcome}”时，学校和环节应为空",
        "with the outcome “{outcome}” school and phase must be empty"),
    "check.school_missing": ("结果为“{outcome}”时必须写明学校", "the outcome “{outcome}” needs a school"),
    "check.unknown_school": ("没有这所学校", "there is no such school"),
    "check.outcome_and_phase": (
        "环节“{phase}”不会产生结果“{outcome}”",
        "the phase “{phase}” gives no outcome “{outcome}”"),
    "check.school_is_external": (
        "该校由外区招生，结果不能是“{outcome}”",
        "another authority admits at this school; the outcome cannot be “{outcome}”"),
    "check.school_not_external": (
        "该校由本区招生，结果不能是“{outcome}”",
        "this school admits here; the outcome cannot be “{outcome}”"),
    "check.bundle_separated": (
        "同一组多胞胎被分开：{other} 在“{other_school}”",
        "the children of a bundle are separated: {other} is at “{other_school}”"),
    "check.bundle_cells": (
        "与同一组多胞胎中 {other} 的环节或结果不一致",
        "phase or outcome differs from {other} of the same bundle"),
    "check.not_verified": (
        "审核状态为“{status}”，不能参加“{phase}”",
        "the status is “{status}”, which takes no part in “{phase}”"),
    "check.not_home": (
        "对口学校是“{home}”，“{phase}”只录取学区内学生",
        "the home school is “{home}”; “{phase}” admits children of the home school only"),
    "check.not_decided": ("“{phase}”：没有批准该生入读该校的决定", "“{phase}”: no decision names this school"),
    "check.not_chosen": ("“{phase}”：该生没有报名该校", "“{phase}”: the family did not name this school"),
    "check.wrong_category": (
        "类别为“{category}”，“{phase}”在该校不录取此类别",
        "the category is “{category}”, which “{phase}” does not admit at this school"),
    "check.no_tier": ("“{phase}”：该生所在学区不在可报名的学区之内", "“{phase}”: the child's zone may not bid"),
    "check.not_on_list": (
        "“{phase}”：该校不在可接收学生的学校名单中",
        "“{phase}”: this school is not on the list of schools that may be given"),
    # steps without a draw
    "check.external_home": (
        "对口学校由外区招生，该生应转由外区招生",
        "another authority admits at the home school; the child leaves for it"),
    "check.decision_not_kept": (
        "“{phase}”：决定指定学校的空余学位足够，该生应录取到该校",
        "“{phase}”: the school named by the decision has seats for all it names; the child is owed one"),
    "check.decision_over_seats": (
        "“{phase}”：决定指定到该校 {children} 人，空余学位 {left} 个，应全部待领导小组研究确定",
        "“{phase}”: {children} {children:child is/children are} named and {left} {left:seat is/seats are} left; all "
        "of them await a ruling"),
    "check.no_home_school": (
        "没有对口学校，也没有学位，应待领导小组研究确定",
        "no home school and no seat: the child awaits a ruling"),
    "check.ruling_unfounded": (
        "列为待领导小组研究确定，但没有任何环节作此处理",
        "listed as awaiting a ruling, but no phase sends the child there"),
    # seats and order
    "check.wasted_seat": (
        "“{phase}”：该校有空余学位，应录未录该生",
        "“{phase}”: the school had room for the child, yet did not admit it"),
    "check.justified_envy": (
        "“{phase}”：次序倒挂，排在后面的 {other} 被录取，而该生未被录取",
        "“{phase}”: {other}, who stands behind in the order, was admitted and this child was not"),
    "check.no_seat": (
        "“{phase}”：轮到该生时已没有空余学位，却被录取",
        "“{phase}”: no seat was left at the child's turn, yet it was admitted"),
    "check.not_first_with_room": (
        "“{phase}”：应录取到去向顺序在前、尚有空余学位的“{first}”",
        "“{phase}”: “{first}” comes first among the schools with room"),
    "check.not_student_optimal": (
        "“{phase}”：结果稳定，但还有对所有家庭更好的稳定结果，按此应录取到该校",
        "“{phase}”: the result is stable, but another stable one is better for all families and gives this school"),
    "check.least_over_plan": (
        "“{phase}”：按距离分流 {children} 人，空余学位 {left} 个",
        "“{phase}”: {children} {children:child is/children are} diverted here by distance and {left} {left:seat "
        "is/seats are} left"),
    "check.least_fewer": (
        "“{phase}”：可以分流更多学生；例如该生可到“{better}”",
        "“{phase}”: more children could be placed; this child, for one, at “{better}”"),
    "check.least_farther": (
        "“{phase}”：总路程可以更短；例如该生可到“{better}”",
        "“{phase}”: the distances together could be less; this child, for one, would be at “{better}”"),
    "check.least_tie": (
        "“{phase}”：总路程相同，按摇号随机号由小到大，该生应到“{better}”",
        "“{phase}”: at equal distance the order of tickets gives this child “{better}”"),
    "check.unproven": (
        "“{phase}”：因有多胞胎，按距离分流的结果未能证明为最优，也未发现更优",
        "“{phase}”: because of bundles the diversion by distance is neither proven best nor refuted"),
    "check.hard_cap": (
        "该校录取 {children} 人，超过最大容量 {cap} 人",
        "the school holds {children} {children:child/children}, more than its cap of {cap}"),
    # planning optimum
    "check.out_of_reach": ("没有任何环节能使该生入读该校", "no phase could give this school to the child"),
    "check.seats_exceeded": (
        "该校录取 {children} 人，只有 {seats} 个学位",
        "the school holds {children} {children:child/children} and has {seats} {seats:seat/seats}"),
    "check.price_wrong": (
        "本区每所学校都应有一个学位边际效用，为不小于 0 的整数，其他学校没有；此处为“{price}”",
        "every own school has a price, a whole number of 0 or more, and no other school has one; here it is “{price}”"),
    "check.optimum_better": (
        "在“{schools}”有更好的方案，总值可增加 {more}",
        "there is a better list: worth {more} more, by changes at “{schools}”"),
    "check.optimum_chain": (
        "有些学生对换学位，名单就更好，与多胞胎无关：名单不是最优",
        "some single children could change seats so that the list gets better, whatever is said of bundles"),
    "check.optimum_unproven": (
        "“{schools}”的差距 {gap} 在核查的搜索范围内无法消除，证书也没有列明由最优化软件得出",
        "the gap of {gap} at “{schools}” is too large a search, and the certificate does not name it as the solver's"),
    # columns draw_id and clause
    "check.draw_not_held": (
        "优先条件相同的报名户之间没有举行过摇号“{found}”",
        "no draw “{found}” was held among those of the same priority"),
    "check.draw_missing": (
        "优先条件相同的报名户之间举行过摇号“{expected}”，名单没有写明",
        "the draw “{expected}” was held among those of the same priority and is not named"),
    "check.draw_wrong": (
        "应为摇号“{expected}”，名单写的是“{found}”",
        "the draw was “{expected}”, the list names “{found}”"),
    "check.clause_wrong": (
        "依据条款应为“{expected}”，名单写的是“{found}”",
        "the deciding clause is “{expected}”, the list names “{found}”"),
    # digests of the inputs
    "check.numbers_digest": (
        "号码（numbers.csv）的校验值应为 {expected}，实为 {found}",
        "the digest of the numbers (numbers.csv) should be {expected}, it is {found}"),
    "check.numbers_roster": (
        "有号码的报名户（校验值 {found}）不是摇号名册中的报名户（校验值 {expected}），或号码有重复",
        "the parties that have a number (digest {found}) are not those of the draw roster (digest {expected}), or two "
        "have the same number"),
    "check.roster_digest": (
        "摇号名册的校验值与摇号记录不符：记录为 {expected}，实为 {found}",
        "the draw roster is not the one of the transcript: digest {expected} there, {found} here"),
    "check.inputs_digest": (
        "输入表的校验值与摇号记录不符：记录为 {expected}，实为 {found}",
        "the input tables are not those of the transcript: digest {expected} there, {found} here"),
    "check.policy_digest": (
        "政策文件的校验值与摇号记录不符：记录为 {expected}，实为 {found}",
        "the policy file is not the one of the transcript: digest {expected} there, {found} here"),
}
