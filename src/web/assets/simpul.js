// Simpul works without this script. It adds a print button where a page offers one.
"use strict";
for (const place of document.querySelectorAll("[data-cetak]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = place.dataset.cetak;
  button.addEventListener("click", () => window.print());
  place.append(button);
}
