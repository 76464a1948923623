// What is written in a meeting waits here until the service took it: in order, also over a reload and while the network
// is gone. What the service refuses comes back with its faults.
"use strict";
const simpanan = (() => {
  const name = `simpul-rapat ${document.body.dataset.puskesmas}`;
  const patience = 8000;
  const read = () => { try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; } };
  const kept = read();
  const waiting = Array.isArray(kept.waiting) ? kept.waiting : [];
  const refused = Array.isArray(kept.refused) ? kept.refused : [];
  let isBusy = false;
  let changed = () => {};

  const keep = () => {
    try { localStorage.setItem(name, JSON.stringify({ waiting, refused })); } catch { /* It waits in this window alone. */ }
    changed();
  };
  // Blank: taken. Throws where nobody answered, or only that it cannot now: then it is tried again.
  const send = async (item) => {
    // The session's secret comes first, and is the one of now: what waits may be older than the session.
    const secret = document.querySelector("meta[name=_kunci]")?.content;
    const written = [...new URLSearchParams(item.fields)].filter(([name]) => name !== "_kunci");
    const fields = new URLSearchParams(secret ? [["_kunci", secret], ...written] : written);
    if (item.tries) fields.set("ulang", "1");
    item.tries = (item.tries || 0) + 1;
    const answer = await fetch(item.path, { method: "POST", body: fields, signal: AbortSignal.timeout(patience) });
    if (answer.status >= 500) throw new Error("busy");
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return { ...said, faults: [] };
    return { faults: said.salah || [{ isian: "", pesan: "Tidak tersimpan. Muat ulang halaman ini, lalu coba lagi." }] };
  };
  const flush = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      while (waiting.length) {
        const item = waiting[0];
        const said = await send(item);
        waiting.splice(waiting.indexOf(item), 1);
        const isTaken = item.done?.(said);
        if (said.faults.length && !isTaken && item.kind === "keputusan") refused.push({ ...item, faults: said.faults });
        keep();
      }
    } catch {
      for (const item of waiting) {
        item.isLate = true;
        item.done?.(null);
      }
    }
    isBusy = false;
    keep();
  };
  // Two of one place are one: the later one counts. `done` hears the answer, or null where it waits; true from it says
  // that its form shows what is wrong.
  const add = (item) => {
    const former = waiting.findIndex((other) => item.place && other.place === item.place && !other.tries);
    if (former >= 0) waiting.splice(former, 1);
    waiting.push(item);
    keep();
    flush();
  };
  // Gives back what was refused: its form shows it again.
  const takeRefused = (kind) => {
    const place = refused.findIndex((item) => item.kind === kind);
    if (place < 0) return null;
    const item = refused.splice(place, 1)[0];
    keep();
    return item;
  };
  setInterval(flush, 5000);
  addEventListener("online", flush);
  return { add, flush, takeRefused, waiting, refused, onChange: (hear) => { changed = hear; } };
})();
