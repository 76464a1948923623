"""Memory and latency of the service under many Puskesmas and mixed load, on this machine's loopback alone.

Usage: load.py SIMPUL [PUSKESMAS] [SECONDS] (an optimised binary; 40 Puskesmas, 60 seconds). Needs nothing but Python.
Works in a folder of its own that it takes away.

Each Puskesmas has the sample's year under a name of its own. What is told, each in its order: memory of the idle
service; after forty papers; then, while readers open pages, charts and figures of all Puskesmas, writers hand in
workbooks for a preview and throw them away, and one takes papers: latency of each kind of request, answers that were
no success, and memory (the service alone, and with the children that open workbooks), at its peak and at the end.
"""

import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zipfile
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "sample-data"
SAMPLE_NAME = b"PUSKESMAS ABCDE"
READERS = 8
WRITERS = 2
PAPERS_BEFORE = 40
SAMPLE_EVERY_SECONDS = 0.25
REQUEST_SECONDS_MAX = 120
# A paper that a slow machine did not make in time is asked for again.
TRIES_MAX = 5
PAGES = ["/", "/halaman/evaluasi", "/halaman/lokmin", "/kabupaten", "/faskes", "/laporan", "/api/v1/evaluation"]


def renamed(path, name, target):
    """The workbook at a path, of another Puskesmas."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in source.infolist():
            copy.writestr(item, source.read(item).replace(SAMPLE_NAME, b"PUSKESMAS " + name.encode()))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def memory_mb(pid):
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    return int(found.group(1)) / 1000 if found else 0.0


def children(pid):
    try:
        listed = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in listed for child in (task / "children").read_text().split()]
    except OSError:
        return []


class Service:
    """A running service, asked over its own loopback port."""

    def __init__(self, simpul, data):
        self.port = free_port()
        command = [simpul, "--data", data, "serve", "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                if self.ask("GET", "/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the service does not answer")

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=REQUEST_SECONDS_MAX)
        try:
            connection.request(method, path, body, {"Origin": f"http://127.0.0.1:{self.port}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location"), answer.read()
        finally:
            connection.close()


class Measured:
    """Seconds of each kind of request, and answers that were no success."""

    def __init__(self):
        self.seconds = {}
        self.failed = {}
        self.lock = threading.Lock()

    def timed(self, kind, ask):
        start = time.monotonic()
        try:
            answer = ask()
            status = answer[0]
        except OSError as error:
            answer, status = None, type(error).__name__
        spent = time.monotonic() - start
        with self.lock:
            self.seconds.setdefault(kind, []).append(spent)
            if status not in (200, 303):
                key = (kind, status)
                self.failed[key] = self.failed.get(key, 0) + 1
        return answer

    def told(self):
        for kind, seconds in sorted(self.seconds.items()):
            ordered = sorted(seconds)
            at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000
            print(f"{kind}: {len(ordered)} requests, ms p50 {at(0.5):.0f}, p95 {at(0.95):.0f}, p99 {at(0.99):.0f}, "
                  f"slowest {ordered[-1] * 1000:.0f}")
        print(f"no success: {self.failed or 'none'}")


def reader(service, names, measured, end, seed):
    chance = random.Random(seed)
    while time.monotonic() < end:
        name = urllib.parse.quote(chance.choice(names))
        path = f"{chance.choice(PAGES)}?puskesmas={name}&periode=2023-C{chance.randint(1, 3)}"
        answer = measured.timed("page", lambda: service.ask("GET", path))
        charts = re.findall(rb'src="(/grafik/[^"]+)"', answer[2]) if answer else []
        for chart in charts[:3]:
            target = chart.decode().replace("&amp;", "&")
            measured.timed("chart", lambda: service.ask("GET", target))


def multipart(path):
    boundary = "simpul-load-boundary"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="berkas"; filename="{path.name}"\r\n\r\n'.encode()
    body = head + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def writer(service, files, measured, end, seed):
    chance = random.Random(seed)
    while time.monotonic() < end:
        body, headers = multipart(chance.choice(files))
        answer = measured.timed("upload", lambda: service.ask("POST", "/impor/unggah", body, headers))
        place = answer and answer[1]
        if place:
            measured.timed("preview", lambda: service.ask("GET", place))
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            measured.timed("discard", lambda: service.ask("POST", place.split("?")[0] + "/buang", b"", form))


def papers(service, names, measured, end, seed):
    chance = random.Random(seed)
    while time.monotonic() < end:
        name = urllib.parse.quote(chance.choice(names))
        kind = chance.choice(["evaluasi", "lokmin", "tpcb"])
        extension = chance.choice(["pdf", "docx", "xlsx"])
        period = "2023-05" if kind == "lokmin" else "2023-C2"
        path = f"/laporan/{kind}.{extension}?puskesmas={name}&periode={period}"
        measured.timed("paper", lambda: service.ask("GET", path))


def main():
    simpul = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    folder = Path(tempfile.mkdtemp(prefix="simpul-load-"))
    service = None
    try:
        data, uploads = str(folder / "data"), []
        names = [f"TETANGGA {number:02}" for number in range(1, count + 1)]
        for name in names:
            own = folder / name
            own.mkdir()
            for book in sorted(SAMPLE.glob("*.xlsx")):
                renamed(book, name, own / book.name)
            files = sorted(own.glob("*.xlsx"))
            uploads.append(files[-1])
            done = subprocess.run([simpul, "--data", data, "import", *map(str, files)], capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
        service = Service(simpul, data)
        pid = service.process.pid
        print(f"{count} Puskesmas; idle: {memory_mb(pid):.0f} MB")
        for number in range(PAPERS_BEFORE):
            name = urllib.parse.quote(names[number % count])
            paper = f"/laporan/evaluasi.pdf?puskesmas={name}&periode=2023-C2"
            statuses = [service.ask("GET", paper)[0]]
            while statuses[-1] == 503 and len(statuses) < TRIES_MAX:
                statuses.append(service.ask("GET", paper)[0])
            if statuses[-1] != 200:
                raise SystemExit(f"a paper answers {statuses}")
        print(f"after {PAPERS_BEFORE} papers: {memory_mb(pid):.0f} MB")
        measured, end, seen = Measured(), time.monotonic() + seconds, []
        threads = [threading.Thread(target=reader, args=(service, names, measured, end, seed)) for seed in range(READERS)]
        threads += [threading.Thread(target=writer, args=(service, uploads, measured, end, seed)) for seed in range(WRITERS)]
        threads.append(threading.Thread(target=papers, args=(service, names, measured, end, 0)))
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            alone = memory_mb(pid)
            seen.append((alone, alone + sum(memory_mb(child) for child in children(pid))))
            time.sleep(SAMPLE_EVERY_SECONDS)
        measured.told()
        print(f"peak under load: {max(one for one, _ in seen):.0f} MB, with children {max(all_ for _, all_ in seen):.0f} MB; "
              f"after it: {memory_mb(pid):.0f} MB")
    finally:
        if service:
            service.process.terminate()
            service.process.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
