// Import: drag and drop, progress of an upload, no double sending. All of it works without this, by plain forms.
document.documentElement.classList.add("js");
for (const form of document.querySelectorAll("form[data-sekali]")) {
  form.addEventListener("submit", () => setTimeout(() => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  }));
}
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-sekali] button")) button.disabled = false;
});
for (const field of document.querySelectorAll("[data-pilih]")) {
  field.addEventListener("input", () => {
    const radio = field.closest(".tick").querySelector("input[type=radio]");
    if (radio && field.value) radio.checked = true;
  });
}
for (const form of document.querySelectorAll("form[data-unggah]")) {
  const input = form.querySelector("input[type=file]");
  const going = form.querySelector(".going");
  const [bar, said] = [going.querySelector("progress"), going.querySelector("span")];
  const say = (text) => { going.hidden = false; said.textContent = text; };
  const megabytes = Number(form.dataset.batas);
  const refuse = (files) => {
    if (files.length === 0) return "Belum ada berkas yang dipilih.";
    if (files.length > Number(form.dataset.banyak)) return `Terlalu banyak berkas: ${files.length}, paling banyak ${form.dataset.banyak} sekali unggah.`;
    const large = [...files].find((file) => file.size > megabytes * 1048576);
    return large ? `${large.name} lebih besar dari ${megabytes} MB; ${form.dataset.kurangi ?? "pecah menjadi beberapa buku kerja"}.` : "";
  };
  const send = (files) => {
    const refusal = refuse(files);
    bar.hidden = refusal !== "";
    if (refusal) { say(refusal); return; }
    const body = new FormData();
    for (const field of form.querySelectorAll("select[name]")) body.append(field.name, field.value);
    for (const file of files) body.append("berkas", file, file.name);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = 100 * event.loaded / event.total;
      say(event.loaded < event.total ? `Mengunggah ${files.length} berkas … ${Math.round(bar.value)} %` : "Membaca isi berkas …");
    });
    request.addEventListener("load", () => {
      if (request.status === 201) { location.assign(request.getResponseHeader("location")); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      bar.hidden = true;
      say(page.querySelector("main p")?.textContent ?? "Unggahan ditolak; coba lagi.");
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
    request.addEventListener("error", () => {
      bar.hidden = true;
      say("Unggahan terputus. Tidak ada yang berubah; coba lagi.");
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    bar.removeAttribute("hidden");
    say("Mengunggah …");
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); send(input.files); });
  for (const name of ["dragover", "dragenter"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); send(event.dataTransfer.files); });
}
