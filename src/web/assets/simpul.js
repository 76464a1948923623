// Simpul works without this script. It adds a print button where a page offers one, keeps the page of jobs up to
// date, and makes every chart one stop of the tab key with arrows between its marks.
"use strict";
for (const place of document.querySelectorAll("[data-cetak]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = place.dataset.cetak;
  button.addEventListener("click", () => window.print());
  place.append(button);
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

for (const picture of document.querySelectorAll(".picture.color")) {
  const marks = [...picture.querySelectorAll(".mark")];
  if (marks.length === 0) continue;
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
    said.textContent = mark.getAttribute("aria-label") + (isTouch && mark.href ? " (sentuh lagi untuk membuka)" : "");
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
