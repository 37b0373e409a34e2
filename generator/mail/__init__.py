"""Tell subscribers of a digest by email: the letter, its envelope, and the post."""

from generator.mail.envelope import Sender, message, sender
from generator.mail.ledger import Busy, Edition, Ledger, State, edition, known, opened
from generator.mail.letters import Draft, Letter, draft, fitted, letter
from generator.mail.mailboxes import Mailbox, mailbox
from generator.mail.post import Clock, Outcome, Post, Report
from generator.mail.smtp import Server, Stopped, server
from generator.mail.subscribers import read

__all__ = [
    "Busy",
    "Clock",
    "Draft",
    "Edition",
    "Ledger",
    "Letter",
    "Mailbox",
    "Outcome",
    "Post",
    "Report",
    "Sender",
    "Server",
    "State",
    "Stopped",
    "draft",
    "edition",
    "fitted",
    "known",
    "letter",
    "mailbox",
    "message",
    "opened",
    "read",
    "sender",
    "server",
]
