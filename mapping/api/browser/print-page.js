// Opens the browser's own print dialogue when a button that carries data-atlas-print is pressed. One listener for the
// page, so a button drawn anew works without a new script.
if (!window.atlasPrints) {
  window.atlasPrints = true;
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-atlas-print]")) window.print();
  });
}
