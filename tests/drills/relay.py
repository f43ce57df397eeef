"""A mail relay on this machine that keeps what it is given, for drills."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
import time


class Session(socketserver.StreamRequestHandler):
    """One connection: just enough SMTP for Django's own backend."""

    def handle(self):
        """Answer each line until the client goes."""
        self.say("220 relay")
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                return self.say("221 bye")
            self.answer(verb, line)

    def answer(self, verb, line):
        """Answer one command; refuse what the relay was told to refuse."""
        if verb == b"RCPT" and self.server.refused in line.decode():
            self.say(f"550 no such mailbox: {line.decode().strip()}")
        elif verb == b"DATA":
            self.say("354 go on")
            self.server.mails.append(self.message())
            self.say("250 taken")
        else:
            self.say("250 yes")

    def message(self):
        """Read a message up to its lone dot."""
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        raw = b"".join(lines)
        return email.message_from_bytes(raw, policy=email.policy.default)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class Relay(socketserver.ThreadingTCPServer):
    """Takes mails on a port of its own; starts and stops as a context."""

    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self, port=0, refused="@refused"):
        self.mails, self.refused = [], refused
        super().__init__(("127.0.0.1", port), Session)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def __exit__(self, *error):
        self.shutdown()
        super().__exit__(*error)

    @property
    def port(self):
        return self.server_address[1]

    def wait_for(self, number, seconds=60):
        """Wait until so many mails have come; return them all."""
        deadline = time.monotonic() + seconds
        while len(self.mails) < number:
            assert time.monotonic() < deadline, f"{len(self.mails)} mails of {number}"
            time.sleep(0.1)
        return self.mails
