"""What is said of a file, a table or a sheet that was not read, or not judged."""

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.shape import ShapeProblem


def beside_forms(sheet: str) -> InputProblem:
    """Of a sheet that stands beside filled forms."""
    message = Text(
        f"工作表“{sheet}”和填好的表在一个文件里，没有读",
        f"the sheet {sheet} stands beside filled forms; it was not read",
    )
    fix = Text("另存成一个文件再检查；不要的，删去。", "Put it into a file of its own, or delete it.")
    return InputProblem("input/left-aside", Place(1, 1, 2, sheet), message, fix)


def unknown_table(headings: str) -> InputProblem:
    """Of a table that no kind claims."""
    message = Text(
        f"看不出这是哪一种表：列名有 {headings}", f"it is unknown what this table is; its headings: {headings}"
    )
    fix = Text("列名的写法见网站的“文件格式”。", "See the pages on file formats for the headings.")
    return InputProblem("input/unknown-table", Place(1, 1, 1), message, fix)


NOT_CLAIMED = InputProblem(
    "input/left-aside",
    Place(1, 1, 1),
    Text(
        "这张表没有读：旁边的登记不含它的日子，或那份登记没有读出",
        "this table was not read: the register beside it is of other days, or could not be read",
    ),
    Text(
        "是那份登记的，改正登记；是别的月份的，移到它自己的文件夹。",
        "Correct the register, or move it to a folder of its own.",
    ),
)


NOT_JUDGED = ShapeProblem(
    "input/not-judged",
    (),
    Text(
        "有的值不知道以哪个为准，或没有全部读到，这份内容没有判断",
        "what it says is not certain, so nothing was judged by it",
    ),
    Text("先改好上面列出的各处，再检查一次。", "Correct what is listed above first, then check again."),
)


PLACES = Text(
    "project.yaml 写 kind: project；changes/ 里每份写 kind: change。",
    "project.yaml is kind project; changes/* are kind change.",
)


NO_PROJECT = InputProblem(
    "input/no-project",
    Place(1, 1, 1),
    Text("没有对应的 project.yaml，报批表不能单独核对", "there is no project.yaml for these change forms"),
    Text(
        "把报批表放进项目文件夹的 changes/，旁边放 project.yaml；样例见 examples/change/。",
        "Put forms into changes/ of a project's folder, with project.yaml beside it; see examples/change/.",
    ),
)
