#!/usr/bin/env python3
"""Import of workbooks beside calamine alone, fastexcel, and openpyxl with pandas: time and peak memory.

Usage: benches/peers/import.py [ROUNDS [SIMPUL BENCH]]; needs `pip install pandas openpyxl fastexcel pyarrow` and Linux.
Builds what it measures (`cargo build --release`, `cargo bench --bench import`) unless the two are given. All
contestants read the same files, one after the other in every round; medians are printed, as rows of a table.

Two loads: one sheet of 200,000 rows and 12 columns, and the month's recaps of 40 Puskesmas. For Simpul a round is one
`simpul import` from the start of the process to its end: every row parsed in the confined child, judged, and stored
with its cells on disk (registers are imported beforehand). calamine alone goes over all cells and keeps nothing. Of
Python's processes only the reading counts, not the start of the interpreter and its imports. Memory is the most
that the peaks (VmHWM) of the processes which live at the same time add up to, looked at every 2 ms.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PEERS = ("fastexcel", "pandas")


def read_by_peer(peer: str, files: list[str]) -> None:
    """Runs in a process of its own; prints the seconds that reading took and the cells that came."""
    cells = 0
    if peer == "fastexcel":
        import fastexcel

        started, used = time.perf_counter(), time.process_time()
        for file in files:
            book = fastexcel.read_excel(file)
            for sheet in book.sheet_names:
                frame = book.load_sheet(sheet).to_arrow()
                cells += sum(len(column) - column.null_count for column in frame.columns)
    else:
        import openpyxl  # noqa: F401  (its import is none of the reading)
        import pandas

        started, used = time.perf_counter(), time.process_time()
        for file in files:
            for frame in pandas.read_excel(file, sheet_name=None, engine="openpyxl").values():
                cells += int(frame.count().sum())
    print(json.dumps({"seconds": time.perf_counter() - started, "processor": time.process_time() - used, "cells": cells}))


def living(pid: int) -> int:
    """Peak memory (KiB) of a process and its children, of those that live now."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = [
            int(child)
            for task in os.listdir(f"/proc/{pid}/task")
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()
        ]
    except OSError:
        return 0
    own = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")]
    return sum(own) + sum(living(child) for child in children)


def watch_memory(process: subprocess.Popen, found: list[int]) -> None:
    """Notes how much a process and its children take, as long as it lives."""
    while process.poll() is None:
        found.append(living(process.pid))
        time.sleep(0.002)


class Measure(NamedTuple):
    """Seconds on the clock and of the processors, MiB at the peak."""

    seconds: float
    processor: float
    memory: float


def processor_seconds() -> float:
    """Of all processes that ended, theirs included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measured(command: list[str]) -> tuple[Measure, str]:
    """What a command took, and what it printed; a failure ends the run."""
    found = [0]
    before = processor_seconds()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    watch = threading.Thread(target=watch_memory, args=(process, found))
    watch.start()
    printed = process.stdout.read()
    process.wait()
    seconds = time.perf_counter() - started
    watch.join()
    if process.returncode != 0:
        sys.exit(f"{command[:4]} failed: {printed[:2000]}")
    return Measure(seconds, processor_seconds() - before, max(found) / 1024), printed


def simpul(program: str, registers: list[str], files: list[str]) -> tuple[Measure, int]:
    with tempfile.TemporaryDirectory() as folder:
        base = [program, "--data", folder, "import"]
        subprocess.run([*base, *registers], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        measure, printed = measured([*base, *files, "--format", "json"])
    sheets = [sheet for file in json.loads(printed)["files"] for sheet in file["sheets"]]
    return measure, sum(sheet["accepted"] for sheet in sheets)


def contest(programs: tuple[str, str], registers: list[str], files: list[str], rounds: int) -> None:
    results: dict[str, list[Measure]] = {}
    seen: dict[str, int] = {}

    def note(who: str, measure: Measure, count: int) -> None:
        results.setdefault(who, []).append(measure)
        if seen.setdefault(who, count) != count:
            sys.exit(f"{who} found {count} and before {seen[who]}")

    program, floor = programs
    for _ in range(rounds):
        note("Simpul, end to end", *simpul(program, registers, files))
        measure, printed = measured([floor, "floor", *files])
        note("calamine alone, streaming", measure, int(printed))
        for peer in PEERS:
            measure, printed = measured([sys.executable, __file__, "--peer", peer, *files])
            said = json.loads(printed)
            measure = Measure(said["seconds"], said["processor"], measure.memory)
            note(peer if peer == "fastexcel" else "openpyxl with pandas", measure, said["cells"])

    def median(who: str, of: str) -> float:
        return statistics.median(getattr(measure, of) for measure in results[who])

    print("| who | median | fastest | processor time | peak memory | Simpul's time to theirs | found |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for who, measures in results.items():
        seconds, fastest = median(who, "seconds"), min(measures).seconds
        ratio = median("Simpul, end to end", "seconds") / seconds
        what = "rows accepted" if who.startswith("Simpul") else "cells"
        print(
            f"| {who} | {seconds:.2f} s | {fastest:.2f} s | {median(who, 'processor'):.2f} s "
            f"| {median(who, 'memory'):.0f} MiB | {ratio:.2f} | {seen[who]:,} {what} |"
        )


def bench_binary() -> str:
    """The path of the bench, built."""
    build = ["cargo", "bench", "--locked", "--bench", "import", "--no-run", "--message-format=json"]
    lines = subprocess.run(build, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    built = [json.loads(line) for line in lines]
    return next(one["executable"] for one in built if one.get("executable") and one["target"]["name"] == "import")


def main() -> None:
    if sys.argv[1:2] == ["--peer"]:
        return read_by_peer(sys.argv[2], sys.argv[3:])
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if sys.argv[2:]:
        program, floor = sys.argv[2:4]
    else:
        subprocess.run(["cargo", "build", "--release", "--locked"], check=True, cwd=ROOT)
        program, floor = str(ROOT / "target/release/simpul"), bench_binary()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([floor, "make", folder], check=True)
        month = sorted(str(file) for file in Path(folder, "bulan").iterdir())
        registers = [file for file in month if "identifikasi" in file]
        recaps = [file for file in month if "rekap" in file]
        large = str(Path(folder, "besar.xlsx"))
        print(f"\nOne sheet, 200,000 x 12, {os.path.getsize(large):,} bytes, {rounds} rounds:\n")
        contest((program, floor), [str(Path(folder, "besar-identifikasi.xlsx"))], [large], rounds)
        print(f"\nA month of {len(recaps)} Puskesmas, {len(recaps)} workbooks, {rounds} rounds:\n")
        contest((program, floor), registers, recaps, rounds)


if __name__ == "__main__":
    main()
