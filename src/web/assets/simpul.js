// Simpul works without this script. It adds a print button where a page offers one, and keeps the page of jobs
// up to date.
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
