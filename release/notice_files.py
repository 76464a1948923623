"""Reads what cargo-about gathered and `cargo metadata` (standard input); writes both licences and the NOTICE files of
the crates named there, without trailing blanks and with the same order each time. Knows no network."""

import json
import pathlib
import re
import sys

START = "──── "


def parts(text):
    """Each part from its heading on, blanks at line ends and around it removed."""
    tidy = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    return sorted(START + part.strip() for part in tidy.split(START)[1:])


def notices(crates):
    """NOTICE files of the crates, as parts."""
    for package in crates:
        folder = pathlib.Path(package["manifest_path"]).parent
        for path in sorted(folder.glob("NOTICE*")):
            text = path.read_text(encoding="utf-8")
            yield f"{START}{path.name} (NOTICE)\n- {package['name']} {package['version']}\n\n{text}"


def main():
    licences = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    named = set(re.findall(r"^- (\S+ \S+)$", licences, re.MULTILINE))
    packages = json.load(sys.stdin)["packages"]
    shipped = [one for one in packages if f"{one['name']} {one['version']}" in named]
    print("\n\n".join(parts(licences) + parts("\n".join(notices(shipped)))))


main()
