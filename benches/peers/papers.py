"""The same papers the usual way: pandas reads the figures, matplotlib draws, headless Chromium prints.

Usage: papers.py SIMPUL [PUSKESMAS] (an optimised binary; 40 Puskesmas). Needs: pip install pandas matplotlib openpyxl
python-docx; chromium and qpdf on the path. Works in a folder of its own that it takes away.

The usual way is given a head start: it does not compute the figures but reads them, ready, from the workbook that
Simpul made of the same paper. Its tables hold the same rows; its charts are as many, of the same sorts and names.
What is measured, each on the clock as whole processes from start to finished file, both ways alike: one long report in
three formats, each alone and all in one go, and the evaluation of every Puskesmas as PDF (one process each way). Simpul
opens what it made again and compares it; the usual way does not. A chart of Simpul with many facilities stands on paper
in pieces; the usual way draws whole charts only, at most CHARTS_MAX, of 150 dots an inch (Simpul: 160; in DOCX the
drawing besides). How much of the usual way is the start of Python with its libraries is told apart.

`papers.py usual FORMATS CHARTS SOURCE OUT` is one such process of the usual way.
"""

import html
import io
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import docx
import docx.shared
import matplotlib.pyplot as plt
import openpyxl
import openpyxl.drawing.image
import pandas

HERE = Path(__file__).resolve().parent
SAMPLE = sorted((HERE / "../../sample-data").resolve().glob("*.xlsx"))
NAME = "UPT PUSKESMAS ABCDE"
LONG = ("lokmin", "2023-05")
# Facilities that the first Puskesmas has besides the sample's: they make its long paper longer than 20 pages.
MORE_FACILITIES = 24
LONG_PAGES_MIN = 20
# Charts of the long paper, pieces of one counted once.
CHARTS_MAX = 5
# A sheet that stands in workbooks alone, here as there.
NOT_PRINTED = "Rincian angka"
EVALUATION = ("evaluasi", "2023-C2")


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(work):
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def pages(pdf):
    return int(subprocess.run(["qpdf", "--show-npages", str(pdf)], check=True, capture_output=True, text=True).stdout)


def named(number):
    """`UPT PUSKESMAS SUKAMAJU AB`: banners with figures may be read as numbers of letters."""
    return f"UPT PUSKESMAS SUKAMAJU {chr(65 + number // 26)}{chr(65 + number % 26)}"


def workbooks(folder, number):
    """The sample's workbooks as those of another Puskesmas: its name stands in the banner alone."""
    made = []
    for path in SAMPLE:
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in book:
            for row in sheet.iter_rows(max_row=8):
                for cell in row:
                    if isinstance(cell.value, str) and NAME in cell.value:
                        cell.value = cell.value.replace(NAME, named(number))
        made.append(folder / f"{number:02}-{path.name}")
        book.save(made[-1])
    return made


def register(folder):
    """More facilities of the first Puskesmas, as a list that names them and nothing else."""
    rows = [f"{number},Klinik Melati {number},Klinik,Jejaring,Jl. Mawar {number}"
            for number in range(1, MORE_FACILITIES + 1)]
    heads = [named(1), "DAFTAR IDENTIFIKASI TAHUN 2023", "No,Nama Jaringan/Jejaring,Jenis,Kelompok,Alamat"]
    path = folder / "identifikasi-tambahan.csv"
    path.write_text("\r\n".join(heads + rows))
    return path


def tables(frame):
    """Tables of a sheet: a row of names with at least three cells, and the rows below it until a blank one."""
    rows = frame.values.tolist()
    found, place = [], 0
    filled = lambda row: [cell for cell in row if not (cell is None or (isinstance(cell, float) and math.isnan(cell)))]
    while place < len(rows):
        if len(filled(rows[place])) >= 3 and all(isinstance(cell, str) for cell in filled(rows[place])):
            head = rows[place]
            width = len(filled(head))
            body = []
            place += 1
            while place < len(rows) and len(filled(rows[place])) > 1:
                body.append(rows[place][:width])
                place += 1
            found.append(pandas.DataFrame(body, columns=[str(name) for name in head[:width]]))
        else:
            place += 1
    return found


def shown(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return str(value)


def chart(table, number, form):
    """One chart: bars by name, or numbers by name as a map of greys where there are several."""
    names = [shown(name) for name in table.iloc[:, 0 if len(table.columns) < 2 else 1]][:40]
    numbers = table.select_dtypes("number")
    values = list(numbers.iloc[:, -1].fillna(0))[: len(names)] if len(numbers.columns) else [1.0] * len(names)
    figure, axes = plt.subplots(figsize=(7.2, max(2.5, 0.22 * len(names))))
    if number % 2 and len(numbers.columns) >= 3:
        axes.imshow(numbers.head(40).fillna(0).to_numpy(dtype=float), aspect="auto", cmap="Greys")
        axes.set_yticks(range(len(names)), names, fontsize=6)
    else:
        axes.barh(range(len(names)), values, hatch="//", color="white", edgecolor="black")
        axes.set_yticks(range(len(names)), names, fontsize=6)
    axes.set_title(f"Grafik {number + 1}")
    out = io.BytesIO()
    figure.tight_layout()
    figure.savefig(out, format=form, dpi=150)
    plt.close(figure)
    out.seek(0)
    return out


def printed(workbook):
    sheets = pandas.read_excel(workbook, sheet_name=None, header=None, engine="openpyxl")
    sheets.pop(NOT_PRINTED, None)
    return sheets


def usual_pdf(workbook, charts, out):
    """Reads, draws, lays out, prints."""
    sheets = printed(workbook)
    parts, drawn = [], 0
    for name, frame in sheets.items():
        parts.append(f"<h1>{html.escape(name)}</h1>")
        for table in tables(frame):
            if drawn < charts and len(table) > 2:
                svg = chart(table, drawn, "svg").read().decode()
                parts.append(re.sub(r"^.*?(?=<svg)", "", svg, flags=re.S))
                drawn += 1
            parts.append(table.map(shown).to_html(index=False, escape=True))
    style = "@page{size:A4;margin:18mm}body{font:9pt sans-serif}table{border-collapse:collapse;width:100%;font-size:7pt}"
    style += "td,th{border:.5px solid #777;padding:2px}thead{display:table-header-group}svg{max-width:100%;height:auto}"
    page = out.with_suffix(".html")
    page.write_text(f"<!doctype html><meta charset=utf-8><title>Laporan</title><style>{style}</style>{''.join(parts)}")
    profile = tempfile.mkdtemp()
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={out}", f"file://{page}")
    shutil.rmtree(profile, ignore_errors=True)


def usual_docx(workbook, charts, out):
    document, drawn = docx.Document(), 0
    for name, frame in printed(workbook).items():
        document.add_heading(name, 1)
        for table in tables(frame):
            if drawn < charts and len(table) > 2:
                document.add_picture(chart(table, drawn, "png"), width=docx.shared.Cm(16))
                drawn += 1
            grid = document.add_table(rows=1 + len(table), cols=len(table.columns))
            for cell, text in zip(grid.rows[0].cells, table.columns):
                cell.text = text
            for row, values in zip(grid.rows[1:], table.itertuples(index=False)):
                for cell, value in zip(row.cells, values):
                    cell.text = shown(value)
    document.save(out)


def usual_xlsx(workbook, charts, out):
    drawn = 0
    with pandas.ExcelWriter(out, engine="openpyxl") as writer:
        for name, frame in pandas.read_excel(workbook, sheet_name=None, header=None, engine="openpyxl").items():
            frame.to_excel(writer, sheet_name=name, index=False, header=False)
            for table in tables(frame):
                if drawn < charts and len(table) > 2:
                    picture = openpyxl.drawing.image.Image(chart(table, drawn, "png"))
                    writer.sheets[name].add_image(picture, f"A{len(frame) + 2 + 40 * drawn}")
                    drawn += 1


def drawings_in(workbook):
    return sum(name.startswith("xl/media/") for name in zipfile.ZipFile(workbook).namelist())


def charts_in(workbook):
    return min(CHARTS_MAX, drawings_in(workbook))


def usual(formats, charts, pairs):
    """Makes these formats of each pair of source and name without ending."""
    ways = {"pdf": usual_pdf, "docx": usual_docx, "xlsx": usual_xlsx}
    for source, out in pairs:
        for ending in formats.split(","):
            ways[ending](Path(source), int(charts) or charts_in(source), Path(f"{out}.{ending}"))


def main():
    if sys.argv[1] == "usual":
        formats, charts, *names = sys.argv[2:]
        return usual(formats, charts, list(zip(names[::2], names[1::2])))
    simpul, count = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    work = Path(tempfile.mkdtemp())
    data = work / "data"
    print(f"load {os.getloadavg()}, {os.cpu_count()} cores; pandas {pandas.__version__}, "
          f"matplotlib {matplotlib.__version__}", flush=True)
    try:
        for number in range(1, count + 1):
            run(simpul, "--data", data, "import", *workbooks(work, number))
        # What it says of the facilities that this list lacks is no failure.
        run(simpul, "--data", data, "import", register(work))
        one = named(1)
        report = lambda kind, period, out, who=one, *more: run(
            simpul, "--data", data, "report", kind, period, "--puskesmas", who, "--out", out, *more)
        long_one(work, report, one)
        evaluations(work, report, count)
    finally:
        shutil.rmtree(work)


def the_usual_way(formats, pairs, charts=0):
    """A process of its own, as people start it; `charts` 0: as many as there are in the source."""
    run(sys.executable, __file__, "usual", formats, charts, *(part for pair in pairs for part in pair))


def best_of(rounds, *works):
    """The works in turn; the shortest time of each."""
    best = [math.inf] * len(works)
    for _ in range(rounds):
        best = [min(known, timed(work)[0]) for known, work in zip(best, works)]
    return best


def long_one(work, report, one):
    """One long report in three formats, each in a process of its own, in turn; the best of three rounds. Then the three
    in one go, which is one process, against the usual way in one go."""
    source, usual_name = work / "panjang-sumber.xlsx", work / "mereka"
    report(*LONG, source)
    pairs = [(source, usual_name)]
    for ending in ["pdf", "docx", "xlsx"]:
        ours, theirs = work / f"kami.{ending}", work / f"mereka.{ending}"
        mine, usual_time = best_of(3, lambda: report(*LONG, ours), lambda: the_usual_way(ending, pairs))
        if ending == "pdf":
            assert pages(ours) >= LONG_PAGES_MIN, f"{pages(ours)} pages instead of {LONG_PAGES_MIN}"
        size = f"{ours.stat().st_size / 1000:.0f} KB and {theirs.stat().st_size / 1000:.0f} KB"
        also = f", {pages(ours)} and {pages(theirs)} pages" if ending == "pdf" else ""
        print(f"{LONG[0]} {LONG[1]} {ending}: Simpul {mine:.3f} s, usual {usual_time:.3f} s, "
              f"{usual_time / mine:.1f} times; {size}{also}", flush=True)
    together = lambda: report(*LONG, work / "kami", one, "--format", "semua")
    mine, usual_time = best_of(5, together, lambda: the_usual_way("pdf,docx,xlsx", pairs))
    print(f"three formats in one go: Simpul {mine:.3f} s, usual {usual_time:.3f} s, "
          f"{usual_time / mine:.1f} times", flush=True)
    start = best_of(3, lambda: run(sys.executable, __file__, "usual", "pdf", 0))[0]
    print(f"of which the start of Python with its libraries {start:.3f} s; without it "
          f"{(usual_time - start) / mine:.1f} times", flush=True)
    pieces = drawings_in(source)
    mine, usual_time = best_of(3, together, lambda: the_usual_way("pdf,docx,xlsx", pairs, pieces))
    print(f"the same with as many drawings as Simpul's pages have ({pieces} instead of {charts_in(source)}): "
          f"{mine:.3f} s, usual {usual_time:.3f} s, {usual_time / mine:.1f} times; the usual way prints "
          f"{pages(work / 'mereka.pdf')} pages", flush=True)


def evaluations(work, report, count):
    """The evaluation of every Puskesmas as PDF: one process of Simpul, one Python with one Chromium each."""
    names = [named(number) for number in range(1, count + 1)]
    pairs = []
    for place, name in enumerate(names):
        pairs.append((work / f"evaluasi-{place}.xlsx", work / "evaluasi-mereka"))
        report(*EVALUATION, pairs[-1][0], name)
    folder = work / "evaluasi"
    ours, _ = timed(lambda: report(*EVALUATION, folder, "semua", "--format", "pdf"))
    made = sorted(folder.rglob("*.pdf"))
    assert len(made) == count, f"{len(made)} papers instead of {count}"
    theirs, _ = timed(lambda: the_usual_way("pdf", pairs))
    print(f"evaluation of {count} Puskesmas as PDF: Simpul {ours:.2f} s, usual {theirs:.2f} s, {theirs / ours:.1f} times; "
          f"the last has {pages(work / 'evaluasi-mereka.pdf')} pages, Simpul's first {pages(made[0])}", flush=True)


main()
