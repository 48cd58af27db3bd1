"""Codes with a rule of their own: a wrong sign is found wherever it stands."""

from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from banshi.base.codes import _SIGNS, credit_code_fault, project_code_fault
from banshi.checking.checker import Checker


def test_the_example_of_the_standard_is_sound() -> None:
    assert credit_code_fault("91350100M000100Y43") is None


@given(st.text(alphabet=_SIGNS, min_size=17, max_size=17), st.data())
def test_exactly_one_last_sign_is_right_and_one_wrong_sign_is_found(body: str, data: st.DataObject) -> None:
    [right] = [body + sign for sign in _SIGNS if credit_code_fault(body + sign) is None]
    at = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([sign for sign in _SIGNS if sign != right[at]]))
    assert credit_code_fault(right[:at] + other + right[at + 1 :]) is not None


@pytest.mark.parametrize("code", ["91350100m000100y43", "9135010OM000100Y43", "91350100M000100Y4", ""])
def test_what_is_no_code(code: str) -> None:
    assert credit_code_fault(code) is not None


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("2412-510502-04-01-123456", True),
        ("2016-510502-48-02-123456", True),
        ("2413-510502-04-01-123456", False),
        ("2400-510502-04-01-123456", False),
        ("1950-510502-04-01-123456", False),
        ("2412-990502-04-01-123456", False),
        ("2412-51050-04-01-123456", False),
    ],
)
def test_project_codes(code: str, sound: bool) -> None:
    assert (project_code_fault(code) is None) is sound


def test_a_form_with_a_wrong_code_is_told_at_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    policy = folder / "policies/here/rules"
    policy.mkdir(parents=True)
    text = (ROOT / "validators/policy/_example.policy.yaml").read_text("utf-8")
    from banshi.checking.examples import laid_over
    from banshi.files.reading import read_text
    from banshi.files.yaml_writing import as_yaml

    base = read_text(text, "x").document
    assert base is not None
    form = {
        "id": "sign-up",
        "title": "报名表",
        "fields": [
            {"label": "单位代码", "key": "code", "filled_by": "单位", "type": "credit_code"},
            {
                "label": "项目",
                "key": "rows",
                "filled_by": "单位",
                "columns": [{"label": "代码", "key": "code", "type": "project_code"}],
            },
        ],
    }
    data = laid_over(base.data, {"forms": [form]})
    (policy / f"{data['version']}.yaml").write_text(as_yaml(data), "utf-8")
    path = tmp_path / "f.yaml"
    path.write_text(
        f"kind: form\ninstrument: {data['instrument']}\nform: sign-up\nvalues:\n  code: 91350100M000100Y42\n"
        "  rows: [{code: 2412-510502-04-01-123456}, {code: 2413-510502-04-01-123456}]\n",
        "utf-8",
    )
    findings = Checker(folder).check([path]).findings
    assert [f.where for f in findings] == [("values", "code"), ("values", "rows", 1, "code")]
    assert "应是 3" in findings[0].message.zh
