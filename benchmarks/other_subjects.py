"""Made-up pages of other subjects than a centre's own, to fill a site up with: instruments and items as any city has thousands of.

Their headings and titles speak of other things (food, vehicles, land, schools …); their sentences are those of every such
text (received, examined, decided within so many working days, put on notice, filed, fees, complaints) with figures of their own.
"""

import random
from collections.abc import Iterator

_FIELDS = (
    *("食品经营", "药品零售", "医疗器械", "餐饮服务", "生猪屠宰", "粮食收购", "种子经营", "农药经营", "兽药经营"),
    *("渔业捕捞", "林木采伐", "野生动物", "取水", "河道采砂", "排水", "城市供水", "燃气经营", "供热", "户外广告"),
    *("市政道路挖掘", "绿化移植", "建筑垃圾", "商品房预售", "房屋租赁", "物业维修资金", "公租房", "不动产登记"),
    *("土地出让", "采矿", "测绘", "地名", "道路客运", "货物运输", "网约车", "驾驶培训", "机动车检验", "港口经营"),
    *(
        "船舶检验",
        "公路超限运输",
        "婚姻登记",
        "社会团体",
        "慈善组织",
        "殡葬",
        "养老机构",
        "残疾人证",
        "低保",
        "临时救助",
    ),
    *("户口迁移", "居住证", "出入境证件", "保安服务", "旅馆业", "民用爆炸物品", "烟花爆竹", "危险化学品", "特种设备"),
    *("消防验收", "防雷装置", "人防工程", "民办学校", "教师资格", "学籍", "校外培训", "文物保护", "演出", "娱乐场所"),
    *(
        "网吧",
        "出版物零售",
        "印刷经营",
        "体育场馆",
        "游泳场所",
        "旅行社",
        "医疗机构",
        "护士执业",
        "放射诊疗",
        "生育登记",
    ),
    *("职业病防护", "社会保险登记", "失业金", "工伤认定", "劳务派遣", "人力资源服务", "住房公积金提取", "医保报销"),
    *("外商投资", "进出口", "拍卖", "典当", "融资担保", "计量器具", "产品认证", "商标", "股权质押", "清税"),
)
_MATTERS = (
    *(
        "许可",
        "核准",
        "登记",
        "变更登记",
        "注销",
        "延续",
        "补证",
        "年度报告",
        "抽查",
        "信用评价",
        "分级分类",
        "补贴发放",
    ),
    *(
        "资格认定",
        "检验检测",
        "安全管理",
        "档案管理",
        "价格",
        "应急处置",
        "数据归集",
        "电子证照",
        "跨省通办",
        "告知承诺",
    ),
)
_SORTS = ("办法", "实施细则", "规定", "规程", "服务指南", "管理标准")
_PAPERS = (
    *(
        "申请书",
        "营业执照",
        "身份证明",
        "场所平面图",
        "设备清单",
        "健康证明",
        "检测报告",
        "租赁协议",
        "委托书",
        "承诺书",
    ),
    *("章程", "验资报告", "从业人员名册", "安全评价报告", "现场照片", "学历证书", "户口簿", "完税凭证", "权属证明"),
)
_TOPICS = (
    *("适用范围", "申请条件", "提交材料", "受理", "审查", "现场核查", "作出决定", "证照有效期", "收费", "监督检查"),
    *("变更与延续", "档案", "投诉与救济", "法律责任", "附则"),
)
_SENTENCES = (
    "申请{field}{matter}的，应当向所在地主管部门提交{paper}和{other}，并对材料的真实性负责",
    "材料齐全、符合法定形式的，当场受理；不齐全的，在{small}个工作日内告知需要补正的全部内容",
    "主管部门自受理之日起{days}个工作日内审查完毕，作出准予或者不予{matter}的决定，并说明理由",
    "需要现场核查的，应当指派两名以上工作人员，核查时间不超过{small}个工作日",
    "{field}的经营场所面积不得少于{area}平方米，注册资金不低于{money}万元",
    "准予{matter}的，自决定之日起{small}个工作日内颁发证照，有效期{years}年，有效期届满前{days}日申请延续",
    "{matter}结果在政府网站公示{small}日，接受社会监督",
    "有关{field}的档案应当一事一卷，保存期限不少于{years}年",
    "隐瞒有关情况或者提供虚假{paper}的，不予受理，并给予警告；情节严重的，处{money}万元以下罚款",
    "办理{field}{matter}不收取费用，法律、法规另有规定的除外",
    "对决定不服的，可以在六十日内申请行政复议",
    "{field}单位应当于每年{small}月底前向主管部门备案上一年度的情况",
)


def other_pages(count: int, seed: int = 7) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """So many pages: a title, and its sections as heading and text."""
    chance = random.Random(seed)
    for n in range(count):
        field, matter = chance.choice(_FIELDS), chance.choice(_MATTERS)
        title = f"{field}{matter}{chance.choice(_SORTS)}（虚构第{n}号）"
        topics = sorted(chance.sample(range(len(_TOPICS)), 5))
        yield title, [(f"{field}{_TOPICS[topic]}", "。".join(_said(chance, field, matter)) + "。") for topic in topics]


def _said(chance: random.Random, field: str, matter: str) -> Iterator[str]:
    for sentence in chance.sample(_SENTENCES, 4):
        paper, other = chance.sample(_PAPERS, 2)
        yield sentence.format(
            field=field,
            matter=matter,
            paper=paper,
            other=other,
            small=chance.randrange(2, 12),
            days=chance.choice((5, 7, 10, 15, 20, 30, 45, 60)),
            area=chance.randrange(1, 60) * 10,
            money=chance.choice((1, 3, 5, 10, 20, 30, 50, 100, 500)),
            years=chance.choice((1, 2, 3, 4, 5, 10, 20)),
        )
