#!/usr/bin/env python3
"""Cuts golden scripts into seeds for the fuzzers, about one statement a file: make-seeds.py SCRIPTS FOLDER"""

import hashlib
import re
import sys
from pathlib import Path

scripts, folder = map(Path, sys.argv[1:3])
for script in scripts.rglob("*.pq"):
    text = re.sub(r"^\s*(-->|\.[a-z]).*\n?", "", script.read_text("utf-8", errors="replace"), flags=re.MULTILINE)
    for statement in re.split(r";[ \t]*\n", text):
        if statement.strip():
            seed = statement.strip().encode()[:4096]
            (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
# Seeds of the maker of statements: choices behind a control character.
for number in range(64):
    (folder / f"choices-{number}").write_bytes(b"\x01" + hashlib.sha512(bytes([number])).digest())
