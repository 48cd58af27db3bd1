"""Pages for the findings that come from the engine itself: reading, shape, and rules that fail."""

from typing import NamedTuple

from banshi.base.limits import MAX_ALIASED_NODES, MAX_BYTES, MAX_DEPTH, MAX_FINDINGS
from banshi.base.text import Text


class BuiltIn(NamedTuple):
    """A finding's title and its page, and a good and a bad example where a line or two can show it."""

    title: Text
    page: str
    good: str = ""
    bad: str = ""


BUILTIN: dict[str, BuiltIn] = {
    "input/not-utf8": BuiltIn(
        Text("文件编码不是 UTF-8", "The file is not UTF-8"),
        "文件按 UTF-8 读。旧版记事本、部分表格软件存成 GBK（GB18030）或 UTF-16，读出来是乱码，所以不猜，请另存。\n\n"
        "记事本：文件 → 另存为 → 编码选 UTF-8。WPS 表格：另存为 CSV 后再用记事本转一次。",
    ),
    "input/byte-order-mark": BuiltIn(
        Text("文件开头有 BOM", "The file starts with a byte-order mark"),
        "有的编辑器在 UTF-8 文件开头加一个看不见的标记（BOM）。别的程序会把它当成第一个键的一部分，所以要去掉。"
        "其余内容照常检查。\n\n记事本：另存为时编码选“UTF-8”，不要选“带有 BOM 的 UTF-8”。",
    ),
    "input/too-large": BuiltIn(
        Text("文件过大", "The file is too large"),
        f"单个文件（或 JSON Lines 的一行）最多 {MAX_BYTES // 1024 // 1024} MB。报批表一份一个文件；成批的数据用 JSON Lines，一行一个项目。",
    ),
    "input/unreadable": BuiltIn(
        Text("读不出文件", "The file cannot be read"),
        "没有这个文件、没有权限、链接绕成了圈，或者它不是普通文件。其他文件照常检查。",
    ),
    "input/link": BuiltIn(
        Text("没有跟随的链接", "A link that was not followed"),
        "检查文件夹时，只看文件夹里面：通到外面的链接（快捷方式、符号链接）不跟进去，链接后面的内容没有检查。"
        "要检查它，直接写它指向的路径；要放在这里，换成文件本身。",
    ),
    "input/no-lines": BuiltIn(
        Text("文件里没有可读的行", "The file holds no lines"),
        "批量处理（banshi batch）的 Parquet 文件，line 列一格一份台账（JSON），number 列写行号（可以没有）。没有这一列，或者不是 "
        "Parquet，这个文件就没有判定；其他文件照常处理。",
    ),
    "input/outside": BuiltIn(
        Text("写到的文件在文件夹外面", "A file that is named lies outside the folder"),
        "文件里写到的其他文件（办件表、事项目录、考勤登记），要在这份文件自己的文件夹里，链接也不能通到外面：检查别人交来的文件夹，"
        "不应读到别处。确实放在别处的，运行时用 --within 写明可以用到的文件夹。",
    ),
    "input/not-applied": BuiltIn(
        Text("被检查的文件夹自己的规定没有采用", "The folder's own law is not applied"),
        "规定、格式、规则、模板和设置取自运行命令时所在的项目，或 --project 写明的项目；只是被检查的文件夹，里面的 policies、"
        "validators、banshi.toml 等都只当作文件来检查，不会改变判断。要按它自己的规定检查，加 --project。",
    ),
    "input/kept-apart": BuiltIn(
        Text("另一个中心的项目没有一并检查", "Another centre's project is a matter of its own"),
        "不写路径就检查整个项目。里面如果有另一个中心的项目（有自己的 policies 或 banshi.toml），它按自己的规定检查："
        "加 --project 写明它的文件夹。没有写明的，不一并检查，只在这里说明。",
    ),
    "project/not-trusted": BuiltIn(
        Text("项目自己的程序没有运行", "The project's own code did not run"),
        "项目可以有自己的规则（validators）和模板（site_templates）。它们是程序，只有使用者看过、用 banshi trust 信任之后才运行；"
        "信任之后改过的，要再信任一次。没有运行的规则没有查。自动检查用 --trust-project。",
    ),
    "input/changed-in-force": BuiltIn(
        Text("改了已经施行的版本", "A version in force was changed"),
        "用 banshi check --since 版本 时查：已经施行的版本，数字、环节、机关、口径与那个 git 版本不同，要写明是更正（原文一直如此，数据写错，"
        "在 corrections 里写明原来误作什么、什么时候的答复有误），还是修改（另写修改它的文件或新版本）。不写明，以前的判定就说不清了。"
        "只改概括的措辞、说明、行号的，不算。已经公布的放假安排改了日子、已经启用的事项目录改了时限、前置、材料一类的，提醒一下："
        "后来的通知、目录另写一份，原来的留着。",
    ),
    "input/empty": BuiltIn(
        Text("文件是空的", "The file is empty"),
        "文件里没有内容，或只有注释。最小的文件从 kind 一行写起。",
        good="kind: project\nid: demo",
        bad="# 只有注释",
    ),
    "input/syntax": BuiltIn(
        Text("不合 YAML 的写法", "Not valid YAML"),
        "多半是缩进不齐、冒号后面少空格，或引号、括号没有成对。提示的行常是出错处的下一行，请连上一行一起看。",
        good="reason: 现场土质不符，见勘察报告",
        bad='reason: "现场土质不符',
    ),
    "input/tab": BuiltIn(
        Text("用制表符缩进", "Indented by tabs"),
        "YAML 的缩进只能用空格，每级两个。请把制表符换成空格。",
    ),
    "input/duplicate-key": BuiltIn(
        Text("同一个键写了两次", "A key written twice"),
        "同一处的键只能写一次，否则不知道以哪个为准；改好以前，用到它的不作判定。",
        good="tier: finance",
        bad="tier: finance\ntier: government",
    ),
    "input/control-character": BuiltIn(
        Text("值里有控制字符", "A control character in a value"),
        "转义（如 \\u0000、\\b）写进值或键里的控制字符看不见，也不能印出来。请删去；多半是从别的系统导出或粘贴带来的。",
        good='reason: "现场土质不符"',
        bad='reason: "现场\\u0007土质不符"',
    ),
    "input/half-character": BuiltIn(
        Text("只有半个字", "Half a character"),
        "\\ud800 至 \\udfff 两个一组才是一个字（JSON 这样写罕用字和表情）；单独一个不成字，多半是导出时截断了。请重新录入这个字。",
        good='name: "\\ud842\\udfb7"',
        bad='name: "\\ud842"',
    ),
    "input/more-findings": BuiltIn(
        Text("还有没列出的问题", "More that is not listed"),
        f"一个文件最多列出 {MAX_FINDINGS} 处问题，其余只计数。先改好列出的再检查；要全部列出，加 --all。",
    ),
    "input/several-documents": BuiltIn(
        Text("一个文件里有几个文档", "Several documents in one file"),
        "`---` 把文件分成了几份。每份内容放一个文件；这里只检查第一份的写法，后面的没有检查；改好以前不作判定。",
        good="kind: change",
        bad="kind: change\n---\nkind: change",
    ),
    "input/not-judged": BuiltIn(
        Text("没有判断", "Not judged"),
        "有的键写了两次、有的值里有看不见的字符，或文件后面还有没有读的内容，所以不知道以哪个为准。改好以前，涉及它的不作判定。",
    ),
    "input/merge-key": BuiltIn(
        Text("用了合并键 <<", "A merge key"),
        "合并键（<<）让人看不出一份表到底填了什么，也能用很短的文件展开出极大的内容，所以不支持。请写全。",
        good="a: 1",
        bad="base: &b {a: 1}\nx: {<<: *b}",
    ),
    "input/self-reference": BuiltIn(
        Text("别名指向自己", "An alias to itself"),
        "别名（*）指向包含它自己的内容，没有尽头。请把内容写全。",
        good="a: [1]",
        bad="a: &x [*x]",
    ),
    "input/alias-expansion": BuiltIn(
        Text("别名展开过多", "Aliases expand to too much"),
        f"别名（*）展开的内容合计不得超过 {MAX_ALIASED_NODES:,} 项。正常的表格不需要别名，请写全。",
    ),
    "input/too-deep": BuiltIn(
        Text("嵌套过深", "Nested too deeply"), f"最多嵌套 {MAX_DEPTH} 层。正常的表格不到十层，多半是括号没有闭合。"
    ),
    "input/tag": BuiltIn(
        Text("用了类型标签", "A type tag"),
        "类型标签（如 !!float）会改变值的意思，所以不支持。直接写值。",
        good="a: 1",
        bad="a: !!float 1",
    ),
    "input/no-value": BuiltIn(
        Text("程序写出的“没有值”", "What a program writes for no value"),
        "NaN、Infinity、None、undefined 是程序导出时对“没有”“算不出”的写法，不是内容，也不是没有填；不把它当名称、编号，也不当空白。",
        good="window: W01",
        bad="window: NaN",
    ),
    "input/no-project": BuiltIn(
        Text("没有 project.yaml", "No project.yaml"),
        "报批表要和项目的中标价、报价清单、此前的变更一起核对，所以旁边要有 project.yaml：\n\n"
        "```\n项目文件夹/\n  project.yaml\n  changes/\n    001.yaml\n    002.yaml\n```",
    ),
    "input/nothing-to-check": BuiltIn(
        Text("没有可检查的文件", "Nothing to check"), "文件夹里没有 .yaml、.yml、.json 或 .jsonl 文件。请核对路径。"
    ),
    "input/incomplete-project": BuiltIn(
        Text("项目里有不能用的报批表", "A form of the project cannot be used"),
        "有报批表读不出或格式不对时，序次在它之前的各份照常核对；在它之后的，累计不核对，档次给出下限（“至少”），读不出的不止一份、哪些计入累计不知道的，下限可能也定不了。它的序次也看不清的，各份都当作在它之后。与别的报批表无关的（明细、日期、环节等）照常检查。",
    ),
    "input/incomplete-catalogue": BuiltIn(
        Text("事项目录有写得不对的地方", "The catalogue of a case has faults"),
        "办件计划用到的事项目录有不认识的键，或有缺的、写得不对的值。靠这些地方的（期限、前置等）没有判断，其余照常判断。先用 banshi check 检查目录，把它改好。",
    ),
    "input/private-data": BuiltIn(
        Text("要公示的内容里有个人信息", "Data of persons in what is to be made public"),
        "banshi publicity 打印的内容是给所有人看的，里面不得有手机号码和身份证号码。把它从公示的栏目里删去，或者改成单位的办公电话，再打印一次。",
    ),
    "input/incomplete-assessment": BuiltIn(
        Text("考核里有不能用的窗口", "A window of the assessment cannot be used"),
        "有窗口读不出或格式不对时，这些窗口不计分，另有问题写明；其余窗口照常计分；读不出的会排在哪里不知道，所以其余窗口的名次写成范围（第2–4名）。没有读出的内容说不清是哪个窗口的，一个窗口也不计分。",
    ),
    "input/no-facts-sheet": BuiltIn(
        Text("考核的工作簿没有事实", "No facts in an assessment's workbook"),
        "工作簿里有“事实明细”“人工评分”“加分”“减分”之类的工作表，却没有名为“窗口与事实”的：不知道考核哪些窗口，一个也不计分。把工作表的名字改回来；空表见 banshi assess --template。",
    ),
    "input/no-register": BuiltIn(
        Text("没有可用的考勤登记", "No usable attendance register"),
        "考核文件用 attendance 写明了考勤登记的文件或文件夹，那里却没有能用的登记。路径相对考核文件所在的文件夹。没有登记的窗口，考勤人次要自己填写。",
        good="attendance: attendance/2012-Q1",
        bad="attendance: 没有这个文件夹",
    ),
    "input/no-quarter": BuiltIn(
        Text("考核表没有写明季度", "The assessment's workbook does not say of which quarter it is"),
        "窗口考核的工作簿，“封面”要写明辖区（市的拼音名）和季度（例如 2012-Q1）；没有封面的 CSV，这两列每行都写。"
        "不知道季度，就不知道依哪个办法计分，所以什么也没有算。\n\n"
        "空表用 banshi assess --template 文件.xlsx --quarter 2012-Q1 生成：列名、下拉列表和满分都取自当季施行的办法。",
        good="季度,辖区,政务服务中心,窗口编号,窗口名称\n2012-Q1,chengxi,样例中心,W01,发展改革窗口",
        bad="季度,辖区,政务服务中心,窗口编号,窗口名称\n2012年一季度,chengxi,样例中心,W01,发展改革窗口",
    ),
    "input/no-bonus-sheet": BuiltIn(
        Text("考核表没有“加分”或“减分”工作表", "The assessment's workbook has no sheet of bonuses or deductions"),
        "加分、减分从这样命名的工作表读。表里没有这张（被删去、改了名或隐藏了），就没有读到加分或减分，各窗口都按一笔也没有列计算（由事实算出的，如超期件数的减分、满意率的加分，照计）；"
        "这可能是误删，所以说明。没有“加分”的，得分可能偏低；没有“减分”的，可能偏高。\n\n"
        "空表用 banshi assess --template 文件.xlsx --quarter 2012-Q1 生成。确实没有加分、减分的，留着只有列名的表，就不再提示。"
        "CSV 只放得下窗口与事实，有加分、减分的要用工作簿。",
    ),
    "input/row-unreadable": BuiltIn(
        Text("表格里有一行读不出", "A row of a table cannot be read"),
        "打卡表、请假表里的这一行缺内容，或某一格的写法认不出。问题里写明行、列和所写的值；其余各行照常计算。\n\n"
        "日期可以写 2010-03-01、2010/3/1、2010.3.1、2010年3月1日、20100301；时刻可以写 08:31、8:31:05、8时31分、上午8:31、中午1:05、5:30 PM；晚上0时、12时说不清是哪一天，算读不出；"
        "一格写几个时刻的，中间空一格或换行。日期后面可以写星期，与日期不符的算读不出。\n\n"
        "列名写明单位的（承诺期限（工作日）、时长/天），下面只写数就行；与格子里写的、与这一列的单位不合的，算读不出。"
        "划了删除线的行和格、列名上面的行，都不读；备注、说明、状态一类的列写着 作废、已撤回、更正为…、重复、见上表 的行也不读，"
        "因为不知道还算不算、以哪个为准：作废的请删去，更正的照改，仍算数的去掉标记。只是提到这些的（退件、暂估、经核实有误…），照其余各列读入，另作提醒。\n\n"
        "数字的格合并着几行的，不知道是各行的还是合起来的，算读不出；60.000 的点可能是千分位，60-80、约60 不是一个数，也算读不出。",
        good="人员编号,日期,时刻\nA01,2010-03-01,08:31",
        bad="人员编号,日期,时刻\nA01,2010-02-30,08:31",
    ),
    "input/column-missing": BuiltIn(
        Text("表头缺少列", "The header lacks a column"),
        "第一行是列名，次序不限，可以写中文或英文。打卡表要有人员编号、日期、时刻（或合在一起的打卡时间，或签到时间、签退时间，或一天一列）；"
        "请假表要有人员编号、假别、开始日。",
        good="人员编号,日期,时刻",
        bad="人员编号,日期",
    ),
    "input/column-unused": BuiltIn(
        Text("有的列没有用到", "Columns that are not used"),
        "表里有不认识的列，没有读。列名写错的，改正；确实不需要的，不必理会。",
    ),
    "input/quote-not-closed": BuiltIn(
        Text("引号没有成对", "A quotation mark is never closed"),
        "CSV 里用引号括起的格子，引号要成对；少了一个，后面的行就都算进这一格。从那里到文件末尾没有读，整张表不用。"
        "补上或删去那个引号；格子里本来有引号的，写两个，整格再用引号括起来。",
        good='人员编号,日期,备注\nA01,2010-03-01,"补登"',
        bad='人员编号,日期,备注\nA01,2010-03-01,"补登',
    ),
    "input/separator": BuiltIn(
        Text("少见的分隔符", "An unusual separator"),
        "各列是用全角逗号、全角分号或竖线隔开的。照样读了；最好改用半角逗号。",
    ),
    "input/column-twice": BuiltIn(
        Text("两列是同一个意思", "Two columns of the same meaning"),
        "同一个列名写了两次，或两个列名是一个意思（例如 工号 和 人员编号），而写的内容不一样：哪一列对，不由先后定，两列都不读。"
        "缺了它就不能读的表，整张不读。两列写的处处相同，或其中一列全空的，不算。",
        good="人员编号,日期,时刻",
        bad="人员编号,工号,日期,时刻",
    ),
    "input/not-a-table": BuiltIn(
        Text("读不出的工作簿", "A workbook that cannot be read"),
        "能读的表格是 CSV、TSV、XLSX、XLSM 和旧格式的 XLS（Excel 2 到 2003，以及考勤机等照那个样子写的；只读，不写）。"
        ".et、.ods、网页（有的系统叫作 .xls）、PDF、图片、压缩包等，"
        "不论后缀，看内容认出来，都不读；有密码的、损坏的、自相矛盾的、展开后过大的工作簿也不读。问题里说明是哪一种、怎么办。"
        "\n\n用电子表格程序打开，另存为“Excel 工作簿（.xlsx）”，多半就好了。.xls 与 .xlsx 读得一样：隐藏的行和列、划掉的、"
        "公式的结果、错误值都看得见；只有 --annotate 和网页上改格子要先另存为 .xlsx。",
    ),
    "input/not-stated": BuiltIn(
        Text("表里没有的栏", "What a table has no column for"),
        "台账没有某一列或某一张明细表，要用到它的规则就没有查，在这里列出。要查的，补上。",
    ),
    "input/place-without-law": BuiltIn(
        Text("辖区没有自己的文件", "A place without texts of its own"),
        "文件写的区、县没有自己的规定，同一个市的别的区、县却有：按市的规定判定，在这里说一声。也许是辖区的标识写错了，"
        "那样会用不到本该适用的县的规定；没有写错的，不用改。",
    ),
    "input/stated-twice": BuiltIn(
        Text("同一项写了两样", "Stated twice, and not alike"),
        "同一个项目的内容在两处写得不一样，不知道以哪个为准，没有判断。核对后改成一样的。",
    ),
    "input/understood": BuiltIn(
        Text("按通常的写法读的值", "Values read as usually meant"),
        "选项写了中文名称、日期和金额写了别的写法、是否写了 是 否 √：只有一个意思的照样读，并在这里列出读作什么。"
        "有两个意思的不猜，按格式问题指出。要改成规范写法，运行 banshi fix。",
    ),
    "input/place-supposed": BuiltIn(
        Text("台账没有写明辖区", "A ledger does not say of which place it is"),
        "变更台账没有“辖区”这一列的，按本中心（banshi.toml 里的 jurisdiction）的规定判断，并在这里说明。"
        "是别的辖区的项目（例如下辖的区、县，限额可能更低），补上这一列。",
    ),
    "input/total-row": BuiltIn(
        Text("合计行", "Rows of totals"),
        "第一格写着 合计、小计、总计 的行不是一行内容，不读；写的数与上面各行加起来核对，相符的在这里说明，"
        "不符的给出两个数：可能漏了行，或有的数填错。",
    ),
    "input/note-row": BuiltIn(
        Text("表外的说明和签字", "Notes around a table"),
        "表上面、下面或中间的 注：…、说明：…、制表人：…、审核：…、单位（盖章）…、打印日期、页码，只占一格或合并成一格，或一格一格都是这样的标签，"
        "又不能当作一行内容读的，不读，并在这里说明。像一行内容、只是填得不全的，仍按读不出的行指出。\n\n"
        "写明金额单位的（单位：万元），不论在表上、表下还是旁边的“单位”一列，没有另写单位的金额按它读；几处写的不一样，金额就读不出。"
        "说到作废、更正、重复或怎样计量的，没有据以改动任何一行，作提醒。",
    ),
    "input/hidden-rows": BuiltIn(
        Text("有隐藏的行或列", "Hidden rows or columns"),
        "隐藏的行、列照样读入、计算，并在这里说明是哪些。不应计算的行，请删去，不要隐藏。",
    ),
    "input/hidden-sheet": BuiltIn(
        Text("有隐藏的工作表", "Hidden sheets"), "隐藏的工作表没有读。要读的，取消隐藏；不需要的，不必理会。"
    ),
    "input/sheets-joined": BuiltIn(
        Text("几张工作表合在一起读", "Several sheets read as one"),
        "工作簿里有几张工作表的列名都符合（例如每月一张），合在一起读；一张工作表里上下有几张这样的表（另写一行列名，列的次序、单位可以不同），也合在一起读。不该合在一起的，移到别的文件。",
    ),
    "input/biometric-column": BuiltIn(
        Text("表里有生物特征", "Biometric data in a table"),
        "列名像是指纹模板、人脸、照片等生物特征。这些列没有读，也不应放在考勤表里：从文件里删去。“打卡方式”一列写明用指纹还是密码，不在此列。",
        good="人员编号,日期,时刻,方式",
        bad="人员编号,日期,时刻,指纹模板",
    ),
    "input/judged-alone": BuiltIn(
        Text("批量处理时没有与别的行比较", "A line that was not compared with others"),
        "banshi batch 一行一行地判断。同一工程项目写在几行里的，会合起来看；同一窗口、同一考核期写在几行里的不会，所以在这里说明。"
        "要比较的，用 banshi check 检查这些文件。",
    ),
    "input/told-twice": BuiltIn(
        Text("同一件在两处写了", "The same in two places"),
        "同一个窗口的同一件（同一情形、同一事件、同一天；超期的件不论哪一天）在一起检查的两份考核文件里都列了，或同一个窗口同一期的事实在两份里都有。"
        "一件只计一次，以哪份为准不知道：涉及的得分、总分和名次只写得出范围。只留一处。\n\n"
        "一起检查的文件夹、台账里，同一个项目（辖区相同，项目代码或名称相同，又不是另一份合同的）写在几处的，几处的报批表合起来才是全部："
        "只在别处有的、两处写得不一样的，序次在它之后的各份累计不核对，档次只给出下限。各处完全一样的，只作提醒。\n\n"
        "一起检查的同一中心的办件登记里，同一编号的办件写得不一样的，在两处都写明哪几项不一样；以哪份为准不知道，数字和判定留出余地。"
        "只是后一份多写了、或后来才办结、才评价的，不算不一样。\n\n"
        "表题、工作表名写明的年月（2010年4月打卡），表里的日期没有一个在那时候的，提醒是不是交错了表。",
    ),
    "input/unknown-table": BuiltIn(
        Text("看不出是哪一种表", "A table of an unknown kind"),
        "表格没有 kind，靠列名认出是哪一种。认不出的，多半是列名写法不同，或列名不在前十行里；各种表的列名见网站上的格式页。",
    ),
    "input/table-alone": BuiltIn(
        Text("单凭这张表不能判断", "A table that cannot be judged by itself"),
        "打卡、请假等表要和名册、窗口、中心和辖区一起看。把它和考勤登记（kind: attendance）放在同一文件夹；"
        "或放进一个工作簿，加上 人员、窗口 工作表和写明中心、辖区、起止日的 封面。",
    ),
    "input/period-derived": BuiltIn(
        Text("起止日按打卡推定", "Dates taken from the punches"),
        "工作簿没有写起止日，按打卡所在的月份，从最早一个月的第一天算到最晚一个月的最后一天。在 封面 写明 起始日、截止日 就不用推定。",
    ),
    "input/left-aside": BuiltIn(
        Text("没有读的工作表或列", "A sheet or column left aside"),
        "工作簿里有工作表、表里有列没有读，里面却像有打卡、请假一类的内容。可能关系到谁、哪一天，就不对谁、那一天作判定，免得只凭一部分断人。"
        "列名写错的改正；不需要的删去或移到别处。",
    ),
    "input/two-sources": BuiltIn(
        Text("同一内容写在两处", "The same part in two places"),
        "办件写在 cases 下，或放在 log 写的表格里，只能取一处，免得重复计算。",
    ),
    "shape/missing-kind": BuiltIn(
        Text("没有写 kind", "No kind"), "每个文件第一行写明它是哪一种文件。", good="kind: change", bad="number: 001"
    ),
    "shape/unknown-kind": BuiltIn(
        Text("没有这一种文件", "Unknown kind"), "kind 的值不在已知的种类里。", good="kind: change", bad="kind: chnage"
    ),
    "shape/wrong-kind": BuiltIn(
        Text("文件放错了地方", "Wrong kind for its place"),
        "project.yaml 应是 kind: project，changes/ 里的每份应是 kind: change。",
    ),
    "shape/wrong-type": BuiltIn(
        Text("值的种类不对", "Wrong type"),
        "应是数的写了文字，应是列表的写了一个值，等等。",
        good="sequence: 3",
        bad="sequence: 三",
    ),
    "shape/wrong-value": BuiltIn(
        Text("值的写法不对", "Wrong value"),
        "金额写成不带单位和千分位的数，最多两位小数；日期写成 YYYY-MM-DD；是否写 true 或 false。全角数字、科学计数法、开头多零的数都不接受。",
        good="filed_on: 2012-03-05\nnet: 98765.40",
        bad="filed_on: 2012.3.5\nnet: 98,765.4",
    ),
    "shape/unknown-key": BuiltIn(
        Text("不认识的键", "Unknown key"),
        "键写错了，或写在了不该写的地方。写错的键不会被悄悄忽略。",
        good="reason: …",
        bad="raeson: …",
    ),
    "shape/missing-key": BuiltIn(Text("缺少必填项", "Missing key"), "必须填写的一项没有写，或写了键而没有填内容。"),
    "shape/not-listed": BuiltIn(
        Text("不在可选的值里", "Not a listed value"),
        "这一项只能从给出的值里选一个。",
        good="level: city",
        bad="level: 市级",
    ),
    "shape/too-few": BuiltIn(Text("项数不够", "Too few entries"), "这个列表至少要有规定的项数。"),
    "shape/more-deviations": BuiltIn(
        Text("还有没列出的格式问题", "More deviations that are not listed"),
        f"一个文件最多列出 {MAX_FINDINGS} 处格式问题，其余只计数；没有列出的部分也没有继续核对。",
    ),
    "engine/unit-failed": BuiltIn(
        Text("工具在一个文件上出错", "The tool failed over a file"),
        "读或核对这个文件时工具自身出了错，这个文件没有检查完，其他文件照常检查。退出码是 2。请把这一行告诉维护人员。",
    ),
    "engine/policy-unusable": BuiltIn(
        Text("所依据的政策文件不能用", "A policy that the rules need cannot be used"),
        "校验要按当日施行的政策文件来判断。那个文件读不出或格式不对时，凡是依据它的检查都做不了，所以先把它改好。",
    ),
    "engine/law-at-fault": BuiltIn(
        Text("所依据的规定有错误", "The law that was applied is at fault"),
        "校验按中心自己的规定来判断，而这些规定本身有错误（各处错误列在同一文件下）。改好以前，凡依据它的判断都不可靠，没有发现问题也不说明没有问题。",
    ),
    "engine/rule-crashed": BuiltIn(
        Text("校验规则自身出错", "A rule failed"),
        "这不是表格的错：某条校验规则在检查时出了错，没有检查完，退出码为2。其余规则照常检查。请把这一行告诉维护人员。",
    ),
}
