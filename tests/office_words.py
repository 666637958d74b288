"""Chinese headings and fixed words of the office's tables, and the English ones for which they stand (section 2)."""

from __future__ import annotations

from collections.abc import Mapping

_HEADINGS = """
报名号 applicant_id  家庭编号 family  出生日期 birth_date  小学毕业 graduated  报名日期 registered_at
逾期原因 late_cause  缓学 deferral  超龄说明 over_age_reason  户籍地 hukou_area  户口性质 hukou_kind
独立户口簿 own_booklet  户口簿编号 book  户籍迁入日期 hukou_in_date  户籍学区 hukou_zone  祖孙三代同户 three_gen
住房编号 home  居住方式 tenure  入住日期 residence_start  租期月数 lease_months  已验材料 papers
申报类别 declared_category  登记学校 registered_school  第一次自愿报名 voluntary_1  第二次自愿报名 voluntary_2
全区招生学校报名 open_choice  分流意愿 preferred_diversion  多胞胎组号 bundle  坐标X x  坐标Y y
民办志愿 private_choice  监护人编号 guardian  关系 relation  抚养权 custody  户主 head  工作地 work_area
工作开始日期 work_start  工作证明 work_paper  位置 area  学区 zone  用途 use  已交付 delivered  住房证明 proof
证明日期 proof_date  发票 invoices  上年学区学校 last_year_school  产权人 holder  产权比例 share  核查项目 subject
来源 source  结果 result  经办人 by  时间 at  学段 stage  入学年份 intake_year  情形 ground  程度 level
安置方式 route  决定编号 decision_id  类型 kind  学校编号 school_id  收件日期 received_on  决定日期 decided_on
是否批准 approved  材料 papers  服务年限 service_years  孩次 sibling_order  兄姐入学方式 sibling_entry
兄姐在读 sibling_enrolled  裁定编号 ruling_id  事项 field  裁定结果 value  理由 reason  裁定机关 authority
招生计划 plan
"""
_WORDS = """
是 yes  否 no  家长原因 own  系统原因 system  待批 pending  已批 approved  开发区城区 zone_urban
开发区农区 zone_rural  通辽其他旗县市区 other_tongliao  外盟市外省 elsewhere  非农业 non_agri  农业 agri
集体 collective  自有 owned  祖辈房产 grandparents  租住 rented  借住 borrowed  公租 public_rental  户口簿 booklet
关系证明 relation  抚养权证明 custody  监护证明 guardianship  租赁合同 lease  房主身份证及房产证 landlord
居住证明 community  借住同意书 consent  入学申请表 form5  预防接种证 vaccination  父 father  母 mother
监护人 guardian  共同 joint  单独 sole  无 none  不明 unclear  主城区 main_city  其他 elsewhere  住宅 residential
商业 commercial  商住 mixed  不动产权证 title  备案购房合同 filed_contract  拆迁协议 demolition
回迁协议 resettlement  公租房证明 public_rental  历史遗留 legacy  水费 water  电费 power  暖气费 heat  物业费 fee
户籍 hukou  住房 home  无房 no_home  居住 residence  工作 work  属实 pass  不属实 fail  待查 pending  小学 primary
初中 junior  虚假材料 false_papers  隐瞒住房 hidden_home  伪造证件 forged_papers  轻度 mild  中度 moderate
重度 severe  随班就读 ordinary  特教学校 special_school  送教上门 home_teaching  优抚 preferential  随兄姐 sibling
军人 military  烈士伤残 martyr_disabled  消防救援 fire  移民管理 immigration  高层次人才 talent  专项决定 resolution
单位证明 unit_letter  军官证 officer_card  结婚证 marriage  证件证明 certificate  工作证 work_card  会议纪要 minutes
申请书 application  划片 zone  分流 diverted  择校 choice  认定结果 result  类别 category  学区 zone
报名状态 status  锁定豁免 lock_exempt  列入名册 roster  不属招生范围 out_of_scope  缓学 deferred
特殊教育安置 special_route  已审核 verified  逾期 late  失信 blacklisted
"""


def _pairs(text: str) -> Mapping[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


HEADINGS: Mapping[str, str] = _pairs(_HEADINGS)
WORDS: Mapping[str, str] = _pairs(_WORDS)
