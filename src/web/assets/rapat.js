// A meeting by key, presenter remote and touch. Without this script the slides stand below each other and print so.
// After the page is open nothing is fetched; what is written goes through `simpanan`.
"use strict";
(() => {
  const body = document.body;
  const slides = [...document.querySelectorAll(".slide")];
  const deciding = document.getElementById("keputusan");
  const attending = document.getElementById("hadir");
  const form = deciding.querySelector("form");
  const wrong = form.querySelector(".wrong");
  const until = form.querySelector(".until");
  const state = document.querySelector("body > .state");
  const weekdays = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
  let begun = Date.now();
  let now = 0;
  let presenter = null;
  let told = 0;
  let isStanding = false;

  const anyOpen = () => deciding.open || attending.open;
  const tell = (text) => {
    state.textContent = text;
    clearTimeout(told);
    told = setTimeout(() => { told = 0; standing(); }, 4000);
  };
  // What waits or came back is said as long as it does.
  const standing = () => {
    const late = simpanan.waiting.filter((item) => item.isLate);
    const decisions = late.filter((item) => item.kind === "keputusan").length;
    const parts = [];
    if (simpanan.refused.length) parts.push(`${simpanan.refused.length} keputusan ditolak: tekan K untuk memperbaikinya`);
    if (decisions) parts.push(`${decisions} keputusan belum tersimpan`);
    if (late.length > decisions) parts.push("perubahan lain belum tersimpan");
    if (late.length) parts.push("dicoba lagi sendiri");
    if (isStanding && !parts.length) { isStanding = false; tell("Semua keputusan tersimpan"); return; }
    isStanding = parts.length > 0;
    if (isStanding || !told) state.textContent = parts.join("; ");
  };

  // Slides.
  const show = (place) => {
    now = Math.min(Math.max(place, 0), slides.length - 1);
    for (const [number, slide] of slides.entries()) slide.classList.toggle("kini", number === now);
    history.replaceState(null, "", `#s${now + 1}`);
    slides[now].focus({ preventScroll: true });
    present();
  };
  const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();

  // Dates: 15/6 is the next 15 June from the day of the meeting on.
  const { parsed, short, iso, words } = tanggal;
  const complete = (field) => {
    const date = parsed(field.value);
    if (date) field.value = short(date);
    return date;
  };
  const sayUntil = () => {
    const date = parsed(form.elements.batas.value);
    until.textContent = date ? `Paling lambat ${weekdays[date.getUTCDay()]}, ${words(date)}` : "";
  };
  form.elements.batas.addEventListener("input", sayUntil);
  form.elements.batas.addEventListener("change", () => { complete(form.elements.batas); sayUntil(); });
  const dayForm = document.querySelector("form.day");
  dayForm.addEventListener("submit", (event) => {
    const date = parsed(dayForm.elements.tanggal.value);
    if (date) { dayForm.elements.tanggal.value = iso(date); return; }
    event.preventDefault();
    tell("Tulis tanggal rapat seperti 15/6/2025");
  });

  // Decisions.
  const fill = (fields) => {
    for (const name of ["keputusan", "pj", "batas", "masalah", "nama"]) form.elements[name].value = fields[name] || "";
    sayUntil();
  };
  const decide = () => {
    const slide = slides[now];
    const back = simpanan.takeRefused("keputusan");
    fill(back ? back.fields : { masalah: slide.dataset.tentang });
    wrong.textContent = back ? back.faults.map((fault) => fault.pesan).join(" ") : "";
    const offered = form.querySelector(".offered");
    offered.replaceChildren(...JSON.parse(slide.dataset.faskes || "[]").map((name) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => { form.elements.nama.value = name; });
      return button;
    }));
    deciding.showModal();
    form.elements.keputusan.focus();
  };
  const list = (fields) => {
    const taken = document.querySelector(".taken");
    if (!taken) return;
    const line = document.createElement("li");
    const inner = document.createElement("span");
    inner.textContent = [fields.keputusan, fields.nama, fields.pj, fields.batas].filter(Boolean).join(" · ");
    line.append(inner);
    taken.append(line);
    document.querySelector(".taken-count").textContent = taken.children.length;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    complete(form.elements.batas);
    const fields = Object.fromEntries(new FormData(form));
    const button = form.querySelector(".main");
    button.disabled = true;
    let isHeard = false;
    // The first answer closes the form, or shows in it what is wrong.
    const done = (said) => {
      if (isHeard) return false;
      isHeard = true;
      button.disabled = false;
      if (said?.faults.length) {
        wrong.textContent = said.faults.map((fault) => fault.pesan).join(" ");
        form.elements[said.faults[0].isian]?.focus();
        return true;
      }
      list(fields);
      deciding.close();
      slides[now].focus({ preventScroll: true });
      if (said) tell("Keputusan tersimpan");
      return true;
    };
    simpanan.add({ kind: "keputusan", path: form.action, fields, done });
  });

  // Decisions of the last meeting.
  const ticks = (slide) => [...slide.querySelectorAll("[data-selesai]")];
  const tick = (button) => {
    const isDone = button.dataset.selesai === "";
    button.dataset.selesai = isDone ? body.dataset.tanggal : "";
    button.textContent = isDone ? `● selesai ${words(new Date(`${body.dataset.tanggal}T00:00:00Z`))}` : button.dataset.belum;
    button.setAttribute("aria-pressed", isDone);
    const done = (said) => {
      if (said?.faults.length) tell(said.faults.map((fault) => fault.pesan).join(" "));
      else if (said) tell(isDone ? "Keputusan ditandai selesai" : "Tanda selesai dihapus");
      if (said?.kunci) button.dataset.kunci = said.kunci;
    };
    simpanan.add({
      kind: "selesai", place: `selesai ${button.dataset.kunci}`, path: "/lokmin/rapat/selesai", done,
      fields: { puskesmas: body.dataset.puskesmas, kunci: button.dataset.kunci, selesai: button.dataset.selesai },
    });
    const all = slides.flatMap(ticks).filter((other) => "lalu" in other.dataset);
    const count = all.filter((other) => other.dataset.selesai).length;
    for (const place of document.querySelectorAll("h2[data-hitung]")) {
      place.textContent = place.textContent.replace(/\d+ dari \d+/, `${count} dari ${all.length}`);
    }
  };
  for (const button of document.querySelectorAll("[data-selesai]")) button.addEventListener("click", () => tick(button));

  // Attendance.
  const rows = [...attending.querySelectorAll("li[data-nama]")];
  const search = attending.querySelector("input[type=search]");
  let isTicked = false;
  let saving = 0;
  const box = (row, what) => row.querySelector(`[data-is=${what}]`);
  const turnout = (row) => box(row, "hadir").checked ? "hadir" : box(row, "diundang").checked ? "absen" : "tidak-diundang";
  const sum = () => {
    const came = rows.filter((row) => turnout(row) === "hadir").length;
    const invited = rows.filter((row) => turnout(row) !== "tidak-diundang").length;
    return `Hadir ${came} dari ${invited} faskes yang diundang`;
  };
  const mark = () => {
    const marks = { hadir: "●", absen: "○", "tidak-diundang": "–" };
    for (const row of rows) {
      const button = document.querySelector(`.invited [data-faskes="${row.dataset.faskes}"]`);
      if (!button) continue;
      button.querySelector("span").textContent = marks[turnout(row)];
      button.setAttribute("aria-pressed", turnout(row) === "hadir");
      button.className = turnout(row);
    }
    for (const place of document.querySelectorAll(".turnout")) place.textContent = sum();
    present();
  };
  const save = () => {
    clearTimeout(saving);
    if (!isTicked) return;
    isTicked = false;
    const fields = { puskesmas: body.dataset.puskesmas, bulan: body.dataset.bulan, jenis: body.dataset.jenis };
    for (const row of rows) fields[`faskes:${row.dataset.nama}`] = turnout(row);
    const done = (said) => {
      if (said?.faults.length) tell(said.faults.map((fault) => fault.pesan).join(" "));
      if (!said || said.faults.length) return;
      tell("Daftar hadir tersimpan");
      const undo = attending.querySelector(".undo");
      undo.href = said.batal;
      undo.hidden = false;
    };
    simpanan.add({ kind: "hadir", place: `hadir ${body.dataset.bulan} ${body.dataset.jenis}`, path: "/lokmin/rapat/hadir", fields, done });
  };
  const ticked = () => {
    isTicked = true;
    mark();
    clearTimeout(saving);
    saving = setTimeout(save, 3000);
  };
  const toggle = (row) => {
    const came = box(row, "hadir");
    came.checked = !came.checked;
    if (came.checked) box(row, "diundang").checked = true;
    ticked();
  };
  for (const row of rows) {
    box(row, "hadir").addEventListener("change", () => { if (box(row, "hadir").checked) box(row, "diundang").checked = true; ticked(); });
    box(row, "diundang").addEventListener("change", () => { if (!box(row, "diundang").checked) box(row, "hadir").checked = false; ticked(); });
  }
  for (const button of document.querySelectorAll(".invited [data-faskes]")) {
    button.addEventListener("click", () => toggle(rows[Number(button.dataset.faskes)]));
  }
  const found = () => {
    const sought = search.value.trim().toLowerCase();
    const fits = rows.filter((row) => row.dataset.nama.toLowerCase().includes(sought));
    for (const row of rows) row.hidden = !fits.includes(row);
    return fits;
  };
  search.addEventListener("input", found);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = found()[0];
    if (!search.value.trim() || !first) return;
    toggle(first);
    attending.querySelector(".said").textContent = `${first.dataset.nama}: ${turnout(first) === "hadir" ? "hadir" : "tidak hadir"}`;
    search.value = "";
    found();
  });
  const attend = () => { search.value = ""; found(); attending.showModal(); search.focus(); };
  attending.addEventListener("close", () => { save(); slides[now].focus({ preventScroll: true }); });

  // Time and notes.
  const two = (number) => String(number).padStart(2, "0");
  const time = () => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    const of = { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
    document.querySelector(".clock").textContent = `${two(of.hours)}.${two(of.minutes)}`;
    if (!presenter || presenter.closed) return;
    const clock = new Date();
    presenter.document.querySelector(".elapsed").textContent = `${two(of.hours)}.${two(of.minutes)}.${two(of.seconds)}`;
    presenter.document.querySelector(".now").textContent = `pukul ${two(clock.getHours())}.${two(clock.getMinutes())}`;
  };
  const present = () => {
    if (!presenter || presenter.closed) return;
    const there = presenter.document;
    const title = (slide) => slide?.querySelector("h2").textContent || "– (salindia terakhir)";
    there.querySelector(".place").textContent = `Salindia ${now + 1} dari ${slides.length}`;
    there.querySelector(".title").textContent = title(slides[now]);
    there.querySelector(".next").textContent = title(slides[now + 1]);
    there.querySelector(".turnout").textContent = sum();
    const notes = [...slides[now].querySelectorAll(".notes li")].map((note) => note.cloneNode(true));
    there.querySelector(".said").replaceChildren(...notes.map((note) => there.adoptNode(note)));
  };
  const openPresenter = () => {
    if (presenter && !presenter.closed) { presenter.focus(); return; }
    presenter = open("", "pemimpin-rapat", "popup,width=900,height=640");
    if (!presenter) { tell("Peramban menahan jendela pemimpin; izinkan jendela munculan, lalu tekan P lagi"); return; }
    const there = presenter.document;
    there.title = `Pemimpin rapat · ${document.title}`;
    there.documentElement.lang = "id";
    const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => {
      const copy = there.createElement("link");
      copy.rel = "stylesheet";
      copy.href = link.href;
      return copy;
    });
    there.head.replaceChildren(...styles);
    there.body.className = "pemimpin";
    there.body.replaceChildren(there.importNode(document.getElementById("pemimpin").content, true));
    wire(there);
    there.addEventListener("keydown", onKey);
    present();
    time();
  };
  setInterval(time, 1000);

  const acts = {
    next: () => show(now + 1), back: () => show(now - 1), full, decide, attend, presenter: openPresenter,
    notes: () => body.classList.toggle("beri-catatan"),
    restart: () => { begun = Date.now(); time(); },
    close: () => { deciding.close(); attending.close(); },
  };
  const wire = (place) => {
    for (const button of place.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => acts[button.dataset.act]());
    }
  };
  const keys = {
    ArrowRight: acts.next, PageDown: acts.next, " ": acts.next, ArrowDown: acts.next,
    ArrowLeft: acts.back, PageUp: acts.back, ArrowUp: acts.back,
    Home: () => show(0), End: () => show(slides.length - 1),
    f: full, k: decide, h: attend, n: acts.notes, p: openPresenter, t: acts.restart,
    Escape: () => { if (!document.fullscreenElement) location.href = document.querySelector(".keys a").href; },
  };
  const onKey = (event) => {
    const isTyped = event.target.matches?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey;
    if (anyOpen() || isTyped || (event.key === " " && event.target.matches?.("button, a"))) return;
    const numbered = /^[1-9]$/.test(event.key) && ticks(slides[now])[Number(event.key) - 1];
    const act = numbered ? () => tick(numbered) : keys[event.key] || keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", onKey);
  let touched = null;
  document.addEventListener("touchstart", (event) => { touched = event.changedTouches[0].clientX; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touched;
    if (!anyOpen() && Math.abs(moved) > 60) show(now + (moved < 0 ? 1 : -1));
  }, { passive: true });
  addEventListener("beforeunload", (event) => {
    save();
    if (simpanan.waiting.length) event.preventDefault();
  });

  wire(document);
  simpanan.onChange(standing);
  for (const item of simpanan.waiting) if (item.kind === "keputusan") list(item.fields);
  standing();
  simpanan.flush();
  body.classList.add("berjalan");
  show(Number(location.hash.slice(2)) - 1 || 0);
})();
