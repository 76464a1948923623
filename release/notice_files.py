"""Reads what cargo-about gathered and `cargo metadata` (standard input); writes both licences and the NOTICE files of
the crates named there, without trailing blanks and with the same order each time. Knows no network."""

import json
import pathlib
import re
import sys

START = "──── "


def parts(text):
    """Each part of a library from its heading on, blanks at line ends and around it removed; Simpul's own stands apart."""
    tidy = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    tidy = re.sub(r"^- simpul \S+\n", "", tidy, flags=re.MULTILINE)
    found = [part.strip() for part in tidy.split(START)[1:]]
    return sorted(START + part for part in found if "\n- " in part)


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
