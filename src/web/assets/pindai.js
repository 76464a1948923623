/* Periksa surat: reads a photo of the code where the browser itself can; elsewhere the text is pasted. */
(function () {
  'use strict';
  var form = document.querySelector('form[data-pindai]');
  if (!form || !('BarcodeDetector' in window)) { return; }
  var box = form.querySelector('[data-kamera]');
  var photo = box.querySelector('input');
  var told = box.querySelector('[role=status]');
  var say = function (words) { told.textContent = words; };
  BarcodeDetector.getSupportedFormats().then(function (formats) {
    if (formats.indexOf('qr_code') < 0) { return; }
    box.hidden = false;
    photo.addEventListener('change', function () {
      if (!photo.files[0]) { return; }
      say('Membaca foto …');
      createImageBitmap(photo.files[0]).then(function (picture) {
        return new BarcodeDetector({ formats: ['qr_code'] }).detect(picture);
      }).then(function (found) {
        if (!found.length) {
          say('Kode tidak ditemukan di foto. Foto dari dekat, tegak lurus, dengan cahaya cukup.');
          return;
        }
        form.elements.kode.value = found[0].rawValue;
        form.requestSubmit();
      }).catch(function () { say('Foto tidak dapat dibaca; tempel teks kodenya.'); });
    });
  }).catch(function () {});
}());
