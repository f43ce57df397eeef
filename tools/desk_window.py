"""A small window with three buttons, for people who know no terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from desk_command_line import command_line
from desk_keys import SHORTEST_PASSPHRASE
from desk_tasks import TASKS, Cancelled, Main, Order, carried_out, menu
from desk_words import LANGUAGES, speak, told

try:
    import tkinter
    from tkinter import filedialog, simpledialog, ttk
except ImportError:  # Some systems pack it apart from Python.
    tkinter = None  # type: ignore[assignment]

WIDE, NARROW = 640, 12
LOOK_AGAIN_MS = 100


def begin(main: Main) -> int:
    """Open the window; without a screen offer a menu; without either, explain."""
    try:
        if tkinter is not None:
            Window(main).root.mainloop()
            return 0
    except tkinter.TclError:  # There is no screen.
        pass
    if sys.stdin.isatty():
        return menu(main)
    command_line().print_help(sys.stderr)
    return 2


class Window:
    """Three tasks, what they said, and the commands that would do the same."""

    def __init__(self, main: Main) -> None:
        self.main = main
        self.root = tkinter.Tk()
        self.root.minsize(WIDE, WIDE * 3 // 4)
        self.said, self.command = "", ""
        self.buttons: list[ttk.Button] = []
        self.draw()

    def draw(self) -> None:
        """Draw everything anew in the chosen language."""
        for part in self.root.winfo_children():
            part.destroy()
        self.root.title(told("Keys and sealed lists"))
        frame = ttk.Frame(self.root, padding=NARROW * 2)
        frame.pack(fill="both", expand=True)
        self.draw_languages(frame)
        label(frame, "This computer should not be connected to any network.")
        self.buttons = [self.draw_task(frame, *task) for task in TASKS]
        self.output = tkinter.Text(frame, height=14, wrap="word", padx=8, pady=8)
        self.output.pack(fill="both", expand=True, pady=NARROW)
        label(frame, "The same as a command:")
        self.shown_command = tkinter.Text(frame, height=3, wrap="char", padx=8, pady=4)
        self.shown_command.pack(fill="x")
        self.show(self.said, self.command)

    def draw_languages(self, frame: Any) -> None:
        """Offer each language in its own name."""
        row = ttk.Frame(frame)
        row.pack(anchor="e")
        for code, name in LANGUAGES.items():
            ttk.Button(row, text=name, command=self.speaking(code)).pack(side="left")

    def speaking(self, code: str) -> Callable[[], None]:
        """Return what a language's button does."""

        def chosen() -> None:
            speak(code)
            self.draw()

        return chosen

    def draw_task(
        self, frame: Any, name: str, about: str, task: Callable[..., Order]
    ) -> ttk.Button:
        """Draw one button with what it is for."""
        row = ttk.Frame(frame)
        row.pack(fill="x", pady=4)
        button = ttk.Button(row, text=told(name), width=18, padding=NARROW // 2)
        button.configure(command=lambda: self.do(task))
        button.pack(side="left")
        ttk.Label(row, text=told(about), padding=(NARROW, 0)).pack(side="left")
        return button

    def do(self, task: Callable[..., Order]) -> None:
        """Ask for what the task needs, then run it beside the window."""
        try:
            order = task(self)
        except Cancelled:
            self.show(told("Cancelled. Nothing was written."), "")
            return
        self.show(told("Working. This takes a moment."), order.command)
        for button in self.buttons:
            button.configure(state="disabled")
        done: list[tuple[int, str]] = []
        worker = threading.Thread(
            target=lambda: done.append(carried_out(self.main, order)), daemon=True
        )
        worker.start()
        self.wait(worker, done)

    def wait(self, worker: threading.Thread, done: list[tuple[int, str]]) -> None:
        """Look again until the task is over, then say what came of it."""
        if worker.is_alive():
            self.root.after(LOOK_AGAIN_MS, self.wait, worker, done)
            return
        for button in self.buttons:
            button.configure(state="normal")
        status, said = done[0] if done else (1, "")
        verdict = told("Not done.") if status else told("Done.")
        self.show(f"{verdict}\n\n{said}", self.command)

    def show(self, said: str, command: str) -> None:
        """Show texts that can be selected and copied but not changed."""
        self.said, self.command = said, command
        for part, text in ((self.output, said), (self.shown_command, command)):
            part.configure(state="normal")
            part.delete("1.0", "end")
            part.insert("1.0", text)
            part.configure(state="disabled")

    def ask_file(self, sentence: str) -> str:
        """Ask for a file that is there."""
        return str(filedialog.askopenfilename(title=told(sentence)) or "")

    def ask_new_file(self, sentence: str, name: str) -> str:
        """Ask for a file that is not there yet; the tool refuses to overwrite."""
        answer = filedialog.asksaveasfilename(
            title=told(sentence), initialfile=name, confirmoverwrite=False
        )
        return str(answer or "")

    def ask_text(self, sentence: str) -> str:
        """Ask for one line, which may stay empty."""
        title = told("Keys and sealed lists")
        answer = simpledialog.askstring(title, told(sentence), parent=self.root)
        if answer is None:
            raise Cancelled
        return answer

    def ask_passphrase(self, *, twice: bool) -> str:
        """Ask for the passphrase, unseen; twice for a new key."""
        about = told(
            "At least {0} characters. Nobody can reset it.", SHORTEST_PASSPHRASE
        )
        first = self.ask_unseen("Passphrase", about if twice else "")
        while twice and self.ask_unseen("Again", "") != first:
            differ = told("The two passphrases differ.")
            first = self.ask_unseen("Passphrase", f"{differ}\n{about}")
        return first

    def ask_unseen(self, sentence: str, about: str) -> str:
        """Ask for one line that is not shown."""
        title = told(sentence)
        text = about or told(sentence)
        answer = simpledialog.askstring(title, text, show="•", parent=self.root)
        if not answer:
            raise Cancelled
        return answer


def label(frame: Any, sentence: str) -> None:
    """Draw a line of text over the whole width."""
    ttk.Label(frame, text=told(sentence), wraplength=WIDE).pack(
        anchor="w", pady=NARROW // 2
    )
