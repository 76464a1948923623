// A meeting by key, presenter remote and touch. Without this script the slides stand below each other and print so.
// After the page is open nothing is fetched; a decision that cannot be sent waits and is tried again.
"use strict";
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const dialog = document.getElementById("keputusan");
  const form = dialog.querySelector("form");
  const wrong = form.querySelector(".wrong");
  const state = document.querySelector("body > .state");
  const begun = Date.now();
  const waiting = [];
  let now = 0;

  const show = (place) => {
    now = Math.min(Math.max(place, 0), slides.length - 1);
    for (const [number, slide] of slides.entries()) slide.classList.toggle("kini", number === now);
    history.replaceState(null, "", `#s${now + 1}`);
    slides[now].focus({ preventScroll: true });
  };
  const tell = (text) => {
    state.textContent = text;
    if (text && !waiting.length) setTimeout(() => { if (state.textContent === text) state.textContent = ""; }, 4000);
  };
  const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  const decide = () => {
    const title = slides[now].querySelector("h2").textContent;
    form.elements.masalah.value = slides[now].querySelector(".taken") ? "" : title;
    wrong.textContent = "";
    dialog.showModal();
    form.elements.keputusan.focus();
  };
  const list = (sent) => {
    const taken = document.querySelector(".taken");
    if (!taken) return;
    const line = document.createElement("li");
    line.textContent = ["keputusan", "pj", "batas"].map((name) => sent.get(name)).filter(Boolean).join(" · ");
    taken.append(line);
  };
  // The answer to a decision that was kept is the page to which it leads; else that page names what is wrong.
  const send = async (sent) => {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    if (answer.ok && answer.redirected) return "";
    if (answer.status >= 500) throw new Error("busy or gone: it is tried again");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const faults = [...page.querySelectorAll(".wrong, .note.warn p")].map((fault) => fault.textContent.trim());
    return faults.join(" ") || "Keputusan tidak tersimpan. Periksa isinya, lalu simpan lagi.";
  };
  const later = async () => {
    while (waiting.length) {
      try { await send(waiting[0]); } catch { return; }
      waiting.shift();
      tell(waiting.length ? `${waiting.length} keputusan belum tersimpan` : "Semua keputusan tersimpan");
    }
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = new URLSearchParams(new FormData(form));
    try {
      wrong.textContent = await send(sent);
      if (wrong.textContent) return;
      tell("Keputusan tersimpan");
    } catch {
      waiting.push(sent);
      tell(`${waiting.length} keputusan belum tersimpan; dicoba lagi sendiri`);
    }
    list(sent);
    for (const name of ["keputusan", "pj", "batas"]) form.elements[name].value = "";
    dialog.close();
    slides[now].focus({ preventScroll: true });
  });
  setInterval(later, 5000);
  addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });

  const acts = {
    next: () => show(now + 1), back: () => show(now - 1), full, decide,
    notes: () => document.body.classList.toggle("beri-catatan"), close: () => dialog.close(),
  };
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => acts[button.dataset.act]());
  }
  const keys = {
    ArrowRight: acts.next, PageDown: acts.next, " ": acts.next, ArrowDown: acts.next,
    ArrowLeft: acts.back, PageUp: acts.back, ArrowUp: acts.back,
    Home: () => show(0), End: () => show(slides.length - 1),
    f: full, k: decide, n: acts.notes,
    Escape: () => { if (!document.fullscreenElement) location.href = document.querySelector(".keys a").href; },
  };
  document.addEventListener("keydown", (event) => {
    const isTyped = event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey;
    if (dialog.open || isTyped || (event.key === " " && event.target.matches("button, a"))) return;
    const act = keys[event.key] || keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  let touched = null;
  document.addEventListener("touchstart", (event) => { touched = event.changedTouches[0].clientX; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touched;
    if (!dialog.open && Math.abs(moved) > 60) show(now + (moved < 0 ? 1 : -1));
  }, { passive: true });
  const clock = document.querySelector(".clock");
  setInterval(() => {
    const minutes = Math.floor((Date.now() - begun) / 60000);
    clock.textContent = `${String(Math.floor(minutes / 60)).padStart(2, "0")}.${String(minutes % 60).padStart(2, "0")}`;
  }, 10000);

  document.body.classList.add("berjalan");
  show(Number(location.hash.slice(2)) - 1 || 0);
})();
