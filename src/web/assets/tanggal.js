// Days in fields of text, in Indonesian order. Where the browser has a calendar, a button beside each field opens it;
// without this script the field alone works.
"use strict";
const tanggal = (() => {
  const months = ["januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
    "november", "desember"];
  // Day that fields without a year count from, where the page names one.
  const from = document.body.dataset.tanggal;
  const of = (year, month, day) => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
  };
  const parsed = (text) => {
    const typed = text.trim().toLowerCase();
    const numbers = typed.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
    if (numbers) return of(...numbers.slice(1).map(Number));
    const found = typed.match(/^(\d{1,2})\s*[/.\- ]\s*(\d{1,2}|[a-z]{3,})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?$/);
    if (!found || (!found[3] && !from)) return null;
    const first = from ? from.split("-").map(Number) : [];
    const day = Number(found[1]);
    const word = found[2].slice(0, 3);
    const month = Number(found[2]) || (word === "agt" ? 8 : word === "nop" ? 11
      : 1 + months.findIndex((name) => name.startsWith(word)));
    let year = found[3] ? Number(found[3]) : first[0];
    if (year < 100) year += 2000;
    if (!found[3] && (month < first[1] || (month === first[1] && day < first[2]))) year += 1;
    return of(year, month, day);
  };
  const short = (date) => `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`;
  const iso = (date) => date.toISOString().slice(0, 10);
  const words = (date) => {
    const month = months[date.getUTCMonth()];
    return `${date.getUTCDate()} ${month[0].toUpperCase()}${month.slice(1)} ${date.getUTCFullYear()}`;
  };
  const offer = (box) => {
    const field = box.querySelector("input");
    const button = document.createElement("button");
    const label = field.labels[0]?.firstChild?.textContent.trim() || "tanggal";
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Pilih";
    button.setAttribute("aria-label", `Pilih dari kalender: ${label}`);
    const picker = document.createElement("input");
    picker.type = "date";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    button.addEventListener("click", () => {
      const date = parsed(field.value);
      picker.value = date ? iso(date) : from || "";
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      field.value = words(new Date(`${picker.value}T00:00:00Z`));
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    });
    box.append(button, picker);
  };
  if ("showPicker" in HTMLInputElement.prototype) document.querySelectorAll(".date-field").forEach(offer);
  return { parsed, short, iso, words };
})();
