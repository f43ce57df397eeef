"""The three tasks without a command line: in the window and in the menu."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.tools.test_desk_tool import ROOT


@pytest.fixture(autouse=True)
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


class Answers:
    """Answers every question from a table, and remembers which were asked."""

    def __init__(self, **answers):
        self.answers = {"file": "list.jsonl", "text": "", "new": "out", **answers}

    def ask_file(self, sentence):
        return "" if "withdrawn" in sentence else self.answers["file"]

    def ask_new_file(self, sentence, name):
        return self.answers["new"]

    def ask_text(self, sentence):
        return self.answers["text"]

    def ask_passphrase(self, *, twice):
        return "correct horse battery"


def test_each_task_is_a_command_that_the_tool_knows():
    from desk_command_line import command_line
    from desk_tasks import TASKS

    known = [
        command_line().parse_args(task(Answers()).arguments).command
        for _label, _about, task in TASKS
    ]
    assert known == ["keygen", "open", "verify"]


def test_the_shown_command_never_holds_the_passphrase():
    from desk_tasks import TASKS

    for _label, _about, task in TASKS:
        assert "battery" not in task(Answers()).command


def test_nothing_happens_without_an_answer():
    from desk_tasks import Cancelled, make_a_key

    with pytest.raises(Cancelled):
        make_a_key(Answers(new=""))


def test_a_key_made_by_a_task_can_be_opened(tmp_path):
    from desk import main
    from desk_keys import unlocked
    from desk_tasks import carried_out, make_a_key

    path = tmp_path / "holder.key"
    status, said = carried_out(main, make_a_key(Answers(new=str(path))))
    assert (status, said.count("detwin-key-1:")) == (0, 1)
    assert len(unlocked(path, "correct horse battery")) == 32
    assert carried_out(main, make_a_key(Answers(new=str(path))))[0] == 1


def test_the_menu_speaks_and_leaves(monkeypatch, capsys):
    import desk_tasks

    monkeypatch.setattr("builtins.input", lambda _prompt: "0")
    assert desk_tasks.menu(lambda _arguments, _passphrase: 0) == 0
    assert "Open a list" in capsys.readouterr().out


SEEN = """
import desk, desk_window
window = desk_window.Window(desk.main)
window.speaking("zh-hant")()
window.root.update()
print([button.cget("text") for button in window.buttons])
"""


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs a screen (xvfb)")
def test_the_window_shows_three_buttons():
    pytest.importorskip("tkinter")
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", SEEN],
        cwd=ROOT / "tools",
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "['製作密鑰', '開啟名單', '檢查名單']", done.stderr
