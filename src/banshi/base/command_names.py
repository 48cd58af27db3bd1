"""The commands, and what each does: for the command line, and for the page that lists them."""

# What answers with a result that a receipt can keep: a decision, or a check.
WITH_RECEIPT = ("check", "tier", "due", "attendance", "assess", "cases", "schedule", "form", "notice", "publicity")

# What may take more than a few seconds, and shows on a terminal how far it has come.
WITH_PROGRESS = (
    "check",
    "attendance",
    "assess",
    "cases",
    "convert",
    "fix",
    "impact",
    "batch",
    "build",
    "serve",
    "test",
    "replay",
    "diff",
)

COMMANDS = {
    "check": "检查文件和文件夹",
    "build": "检查规则并生成网站",
    "serve": "边改边看：本机预览网站",
    "explain": "说明一条校验规则，或一个规范点、口径、用语",
    "tier": "判定审批档次并说明理由",
    "due": "推算办结期限或公示截止日并说明理由",
    "attendance": "核算一个月、一个季度或一年的考勤并说明理由",
    "assess": "给各窗口一个季度的考核评分并说明理由",
    "cases": "统计办件登记：按时、超期、评议、满意、现场办结，与并联审批指标比较",
    "publicity": "公示表：公示什么、到哪一天、怎样提异议；只有可以公开的内容",
    "notice": "一次性告知单：材料、先后、办结日",
    "schedule": "排出并联办件的计划：关键线路、机动时间、卡在哪里、比依次办省多少",
    "form": "一张表：把一个办件各事项要填的内容、要交的材料合成一份",
    "init": "新建一个中心自己的项目",
    "new": "新写一份文件、版本、指南、规则、报批表或情景，从已有的开始",
    "schema": "把格式文件（JSON Schema）写到文件夹，供编辑器和别的程序用",
    "test": "试算情景和自己规则的样例：结果是不是应得的",
    "trust": "信任一个项目自己的规则、模板和网站设置，让它们运行",
    "convert": "在 YAML、JSON Lines、工作簿之间转换，内容一点不少",
    "fix": "把通常的写法改成规范写法：日期、金额、选项、是否；注释和排列照旧",
    "diff": "比较两个版本、两天、两个 git 版本或两个中心的规定，逐条说明改了什么",
    "impact": "已有的报批、登记、考核、办件按另一种规定会怎样：哪些结果改变、差多少、因为哪一条",
    "batch": "成批的行（百万份台账）：在一台机器上分给几个进程，或交给 Spark；问题、判定或按另一天规定的变化写成数据",
    "replay": "重做一次收据上的判定或检查：结果一样，或者说明哪里不同、为什么",
    "text": "印出一个文件某一天的全文，注明哪里经什么修改",
    "history": "一份文件的来历：各文本、修改、更正和提交；一个规范点从哪天起这样规定",
    "coverage": "来源文件的规范点编码了多少、各用在哪里",
}
