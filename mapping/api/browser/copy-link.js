// Copies the address of the page, or the one in data-atlas-copy, when a button that carries this attribute is pressed,
// with the data version in data-version, so that the link opens the same data later; says so for two seconds. One listener for the page, so a button drawn anew works without a new script.
const SHOWN_MS = 2000;

function addressOf(button) {
  const address = new URL(button.dataset.atlasCopy || "", location.href);
  const version = button.dataset.version;
  if (!version || address.searchParams.get("v") === version) return address.href;
  const others = address.search.slice(1).split("&").filter((pair) => pair && !pair.startsWith("v="));
  address.search = [...others, "v=" + encodeURIComponent(version)].join("&");
  return address.href;
}

async function copy(button) {
  const address = addressOf(button);
  let said = button.dataset.done;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    said = button.dataset.failed;
  }
  if (!said || button.dataset.label) return;
  button.dataset.label = button.textContent;
  button.textContent = said;
  const status = button.parentElement.querySelector("[role=status]");
  if (status) status.textContent = said;
  setTimeout(() => {
    button.textContent = button.dataset.label;
    delete button.dataset.label;
    if (status) status.textContent = "";
  }, SHOWN_MS);
}

if (!window.atlasCopies) {
  window.atlasCopies = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-atlas-copy]");
    if (button) copy(button);
  });
}
