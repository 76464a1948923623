// Simpul works without this script. It adds a print button where a page offers one, keeps the page of jobs up to
// date, fetches parts of a page when they are opened, and makes every chart one stop of the tab key with arrows between
// its marks.
"use strict";
for (const place of document.querySelectorAll("[data-cetak]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = place.dataset.cetak;
  button.addEventListener("click", () => window.print());
  place.append(button);
}

// A part that nobody has opened stands on a page of its own, to which a link leads; opened, it comes here.
const read = (text) => new DOMParser().parseFromString(text, "text/html");
const put = (place, parts) => {
  const closed = (part) => { for (const table of part.querySelectorAll(".numbers[open]")) table.open = false; };
  parts.forEach(closed);
  place.replaceWith(...parts);
  for (const part of parts) part.querySelectorAll(".picture.color").forEach(answering);
};
addEventListener("toggle", async (event) => {
  const place = event.target.open && event.target.querySelector(":scope > [data-muat]:not([aria-busy])");
  if (!place) return;
  const link = place.querySelector("a");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href);
    const parts = [...read(await answer.text()).querySelectorAll(place.dataset.muat)];
    if (!answer.ok || !parts.length) throw new Error(answer.statusText);
    put(place, parts);
  } catch {
    place.removeAttribute("aria-busy");
    link.textContent = "Belum dapat dimuat di sini; buka halamannya";
  }
}, true);

// Paper shows what stands closed on the screen, also where the browser's style sheet cannot open it. Printing does not
// wait for what comes later, so this one request is waited for.
addEventListener("beforeprint", () => {
  const places = [...document.querySelectorAll(".fold > [data-muat]")];
  const whole = document.querySelector("[data-lengkap]");
  if (places.length && whole) {
    try {
      const ask = new XMLHttpRequest();
      ask.open("GET", whole.href, false);
      ask.send();
      const page = read(ask.responseText);
      for (const place of places) {
        const parts = [...page.querySelectorAll(`#${CSS.escape(place.closest(".panel").id)} > .fold > :not(summary)`)];
        if (parts.length) put(place, parts);
      }
    } catch { /* The headings are printed. */ }
  }
  for (const fold of document.querySelectorAll(".fold:not([open])")) { fold.open = true; fold.dataset.tutup = ""; }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll(".fold[data-tutup]")) { fold.open = false; delete fold.dataset.tutup; }
});

// A menu closes when the reader goes on elsewhere, and by Escape.
const menus = ".take[open], .columns[open], .share[open]";
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(menus)) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement?.closest(menus);
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// A picture goes to another app, else to the clipboard, else to a file.
for (const link of document.querySelectorAll("[data-gambar]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const said = link.closest("[data-bagikan]").querySelector("[role=status]");
    said.textContent = "Menggambar …";
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) { said.textContent = "Grafik ini belum ada datanya."; return; }
      const picture = await answer.blob();
      const file = new File([picture], link.download, { type: "image/png" });
      if (navigator.canShare?.({ files: [file] })) {
        await navigator.share({ files: [file], title: link.textContent.trim() });
        said.textContent = "Gambar dikirim.";
        return;
      }
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        said.textContent = "Gambar tersalin; tempelkan di WhatsApp.";
      } catch {
        const save = document.createElement("a");
        save.href = URL.createObjectURL(picture);
        save.download = link.download;
        save.click();
        said.textContent = `Gambar diunduh: ${link.download}`;
      }
    } catch (error) {
      said.textContent = error.name === "AbortError" ? "" : "Gambar tidak dapat dikirim; coba lagi.";
    }
  });
}

// The findings go to the clipboard at once; where the browser refuses, the text stands there to be copied.
for (const share of document.querySelectorAll("[data-bagikan]")) {
  share.addEventListener("toggle", async () => {
    if (!share.open) return;
    const text = share.querySelector("textarea");
    const said = share.querySelector("[role=status]");
    text.focus();
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Tersalin; tempelkan di WhatsApp.";
    } catch {
      said.textContent = "Tekan Ctrl+C untuk menyalin.";
    }
  });
}

// Columns once chosen are kept by this browser; the address says which, so that a file has the same.
for (const form of document.querySelectorAll("[data-kolom]")) {
  const name = "simpul-kolom";
  const here = new URL(location.href);
  const chosen = here.searchParams.getAll("kolom").join(",");
  try {
    if (chosen === "semua" || (chosen && !form.querySelector("[name=kolom]:not(:checked)"))) localStorage.removeItem(name);
    else if (chosen) localStorage.setItem(name, chosen);
    else if (localStorage.getItem(name)) {
      here.searchParams.set("kolom", localStorage.getItem(name));
      location.replace(here);
    }
  } catch { /* Nothing is kept. */ }
}

// One stop for the Tab key in a table of links; arrow keys go on from there.
for (const table of document.querySelectorAll("#status-table")) {
  const links = () => [...table.querySelectorAll("tbody a, tfoot a")];
  const at = (row, column) => table.rows[row]?.cells[column]?.querySelector("a");
  links().forEach((link, place) => { link.tabIndex = place ? -1 : 0; });
  table.addEventListener("focusin", (event) => {
    if (!event.target.closest("tbody, tfoot")) return;
    for (const link of table.querySelectorAll("tbody a[tabindex='0'], tfoot a[tabindex='0']")) link.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const cell = event.target.closest("tbody a, tfoot a")?.closest("th, td");
    if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
    let [row, column] = [cell.parentElement.rowIndex + step[0], cell.cellIndex + step[1]];
    const isWithin = () => row >= 1 && row < table.rows.length && column >= 0 && column < table.rows[row].cells.length;
    while (isWithin() && !at(row, column)) { row += step[0]; column += step[1]; }
    if (!isWithin()) return;
    event.preventDefault();
    at(row, column).focus();
  });
}

for (const place of document.querySelectorAll("[data-kabar]")) {
  const news = new EventSource(place.dataset.kabar);
  news.addEventListener("message", (event) => {
    const focused = document.activeElement && place.contains(document.activeElement) ? document.activeElement.id : "";
    place.innerHTML = event.data;
    if (focused) document.getElementById(focused)?.focus();
  });
  window.addEventListener("pagehide", () => news.close());
}

function answering(picture) {
  const marks = [...picture.querySelectorAll(".mark")];
  if (marks.length === 0) return;
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("aria-hidden", "true");
  picture.after(said);
  picture.removeAttribute("tabindex");
  picture.setAttribute("aria-label", "Grafik; tombol panah berpindah dari tanda ke tanda");
  let shown = null;
  let wasShown = false;
  let isTouch = false;
  const show = (mark) => {
    shown = mark;
    said.textContent = mark.querySelector(":scope > title").textContent + (isTouch && mark.href ? " (sentuh lagi untuk membuka)" : "");
  };
  const stopAt = (mark) => marks.forEach((one) => one.setAttribute("tabindex", one === mark ? "0" : "-1"));
  const middle = (mark) => {
    const box = mark.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };
  // The nearest mark below or above; marks of the same row are not.
  const upright = (from, sign) => {
    const start = middle(from);
    const far = (mark) => {
      const { x, y } = middle(mark);
      const down = (y - start.y) * sign;
      return down > 3 ? down + Math.abs(x - start.x) : Infinity;
    };
    const nearest = marks.reduce((best, mark) => (far(mark) < far(best) ? mark : best), from);
    return far(nearest) < Infinity ? nearest : undefined;
  };
  stopAt(marks[0]);
  picture.addEventListener("keydown", (event) => {
    const at = marks.indexOf(document.activeElement);
    if (at < 0) return;
    isTouch = false;
    const moves = {
      ArrowRight: () => marks[at + 1],
      ArrowLeft: () => marks[at - 1],
      ArrowDown: () => upright(marks[at], 1) ?? marks[at + 1],
      ArrowUp: () => upright(marks[at], -1) ?? marks[at - 1],
      Home: () => marks[0],
      End: () => marks[marks.length - 1],
    };
    const next = moves[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  picture.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    stopAt(mark);
    show(mark);
  });
  picture.addEventListener("pointerdown", (event) => {
    isTouch = event.pointerType === "touch";
    const mark = event.target.closest(".mark");
    wasShown = mark !== null && mark === shown;
  });
  picture.addEventListener("pointerover", (event) => {
    const mark = event.target.closest(".mark");
    if (mark && event.pointerType === "mouse") show(mark);
  });
  // A finger cannot point without pressing: the first touch reads, the second opens.
  picture.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark || !isTouch) return;
    if (!wasShown) event.preventDefault();
    show(mark);
  });
}
document.querySelectorAll(".picture.color").forEach(answering);

// On a wall the keys of a presenter go from part to part.
if (document.body.classList.contains("proyektor")) {
  addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!step || event.target.closest("a, button, summary, .mark")) return;
    // The first screen is the title with the lead.
    const stops = [document.body, ...document.querySelectorAll("section.panel:not(:has(> .lead))")];
    const tops = stops.map((stop) => Math.round(stop.getBoundingClientRect().top + scrollY));
    const next = step > 0 ? tops.find((top) => top > scrollY + 8) : tops.findLast((top) => top < scrollY - 8);
    if (next === undefined) return;
    event.preventDefault();
    scrollTo({ top: next });
  });
}
