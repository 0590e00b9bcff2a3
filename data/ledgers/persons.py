"""Words that tell persons: headers of columns that hold them, and texts that may be names."""

import re

from data.ledgers.cells import joined

# What columns of persons are called.
_PERSONS = """
    姓名|名字|身份证|证件号|护照|通行证号|社保卡|医保卡|银行卡|银行[账帐]号|收款[账帐][户号]|卡号
    |联系人(?!大)|联系方式|联系号码|联系手机|通讯录|通讯号码
    |手机(?!充电|银行|端|维修|贴膜|支架|用户)|(?<!热线)(?<!服务)(?<!监督)(?<!投诉)电话(?!回访|走访|咨询|受理|热线|渠道|办理|会议)|座机|固话|传真号
    |(?<!企业)微信(?!公众号|群|小程序|视频号|支付)|(?<![A-Z])QQ(?!群)|邮箱|E-?MAIL
    |家庭住址|家庭地址|家庭成员|居住地址|现居住|户籍地|户籍所在|户口|住址|通[讯信]地址|收件地址
    |法定代表人|法人代表|(?<!团)(?<!会)法人(?!单位|企业|库|治理|资格|股|类|机构|组织|证|性质|行业)
    |(?:负责|责任|(?<!委托)经办|承办|办理|处理|填报|填表|审核|报送|登记|录入|回访|走访|受理|诉求|反映|投诉|举报|来电|求助
        |当事|(?<!入党)申请)人
    |(?:支部|总支|党委|党组)书记$|网格长$|站长$|店长$
    |出生日期|出生年月|生日|车牌|驾驶证|驾照|从业资格证号|照片|头像|人脸|指纹|签名|签字
"""
# What only sounds like one: counts, rates, questions to be answered with yes or no.
_NO_PERSONS = """
    是否|是/否|有/无|有无|数$|数量|人[次数员均才]|个数|次数|户数|率|占比|比例|已公示|公示情况
    |\\((?:人|名|位|个|家|次|件|条|处|户|份|台|部|支|分|项|场|张|万?元|%|人次)\\)
"""
_PERSON_HEADER, _NO_PERSON_HEADER = (re.compile(words, re.VERBOSE) for words in (_PERSONS, _NO_PERSONS))
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST_HEADER = 20

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元顾孟平黄穆萧尹姚邵汪祁毛狄米贝明臧计成戴宋茅庞熊纪舒屈项祝董梁杜阮"
    "蓝闵席季麻贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁"
    "荀甄曲封储靳井段焦巴牧隗侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶司黎白蒲鄂赖卓屠池乔胥苍双闻党翟谭贡姬申扶冉桑桂牛寿边"
    "燕浦尚农温庄晏柴瞿阎慕连茹艾鱼容向古易廖庾居衡耿满匡文寇广东欧利师巩聂关曾沙游权盖岳帅涂肖付覃阳兰初肉佘敖占"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "夏侯",
    "端木",
)
# Signs of offices, places and things, which are hardly ever in a given name.
_OFFICES = frozenset(
    "司站部局镇街县市乡村党团队店厂校院网员数否无办费项次条件处层级类型号码点的了未已不在或及等各厅路楼室栋业区港岛会省"
)
_WORDS = """
    张家港 金港 杨舍 乐余 南丰 塘桥 锦丰 单独 单独建 联合 平安 平台 安全 常态 常态化 高速 高温 高峰 方便
    方案 成立 成功 计划 计时 温馨 温暖 文明 文化 文件 金融 黄色 白天 关爱 关闭 管理 车辆 程序 解决 符合
    和解 严重 严格 施工 支持 向阳 应急 连锁 游客 满意 常规 常住 明显 明确 江苏 江南 苏州 宁波 万达 万科
    左右 双向 双休 房租 房屋 华东 华南 东方 利息 广东 权益 居住 师傅 时间 尚可 文体 古城 包裹 石油 项目
    费用 支付 充电 元旦 马上 任务 任职 段落 向上 古镇 金属 章程 康复 计生 应建 应报
"""
_NOT_NAMES = frozenset(_WORDS.split())
_GIVEN = re.compile(r"[\u3400-\u9fff\u00b7·]+[*＊XxＸ某]{0,2}|[\u3400-\u9fff][*某]{1,2}")


def person_header(label: str) -> bool:
    """Whether a column's header says that it holds persons' names, numbers, addresses or faces."""
    bare = joined(label).upper()
    outside = _BRACKETS.sub("", bare)
    if len(outside) > _LONGEST_HEADER or re.search(":.", outside):
        return False
    asked = _NO_PERSON_HEADER.search(bare) or _NO_PERSON_HEADER.search(outside)
    return not asked and bool(_PERSON_HEADER.search(bare))


def person_name(text: str) -> bool:
    """Whether a text may be a person's name. A hint for columns that nobody asked for, never a proof."""
    bare = joined(text)
    if not 2 <= len(bare) <= 4 or not _GIVEN.fullmatch(bare) or bare in _NOT_NAMES:
        return False
    named = bare.startswith(_COMPOUND) if len(bare) == 4 else bare[0] in _SURNAMES
    return named and _OFFICES.isdisjoint(bare[1:])
