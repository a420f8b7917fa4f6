// Serves a story in the room: clicker keys, blank and full screen, and a second window with the notes that follows the
// first. One set of listeners for the page, however often Streamlit draws it anew.
const CHANNEL = "atlas-present";
const NEXT = ["PageDown", " "], BACK = ["PageUp"], BLANK = ["b", "B", "."];

function start() {
  const channel = new BroadcastChannel(CHANNEL);
  const began = Date.now();
  let told = "";

  const marker = () => document.querySelector(".atlas-present");
  const isStage = () => marker()?.dataset.role === "stage";
  const state = () => ({ ...marker()?.dataset });

  function press(name) {
    document.querySelector(`.st-key-present_${name} button:not([disabled])`)?.click();
  }

  function blank(on = !document.querySelector(".atlas-blank")) {
    document.querySelector(".atlas-blank")?.remove();
    if (!on) return;
    const cover = document.createElement("div");
    cover.className = "atlas-blank";
    cover.addEventListener("click", () => blank(false));
    document.body.append(cover);
  }

  function go(where) {
    if (!isStage()) return channel.postMessage({ go: where });
    if (where === "blank") return blank();
    blank(false);
    press(where);
  }

  function announce() {
    if (isStage()) channel.postMessage({ state: state() });
  }

  function show(state) {
    if (state.story !== marker().dataset.story) return;
    for (const part of document.querySelectorAll("[data-atlas-told]")) part.textContent = state[part.dataset.atlasTold] ?? "";
    const address = new URL(location.href);
    address.searchParams.set("step", state.step);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  channel.addEventListener("message", ({ data }) => {
    if (isStage() && data.ask) announce();
    if (isStage() && data.go) go(data.go);
    if (marker()?.dataset.role === "notes" && data.state) show(data.state);
  });

  let waiting = 0;
  function changed() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      if (!marker()) return;
      const now = JSON.stringify(state());
      if (now === told) return;
      told = now;
      if (isStage()) announce();
      else channel.postMessage({ ask: true });
    });
  }

  new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
  setInterval(() => {
    const clock = document.querySelector("[data-atlas-clock]"), seconds = Math.floor((Date.now() - began) / 1000);
    if (clock) clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);
  changed();

  document.addEventListener("keydown", (event) => {
    if (!marker() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable=true]")) return;
    if (event.key === " " && event.target.closest?.("button, a, summary, [role=button]")) return;
    const notes = !isStage();
    if (NEXT.includes(event.key) || (notes && event.key === "ArrowRight")) go("next");
    else if (BACK.includes(event.key) || (notes && event.key === "ArrowLeft")) go("back");
    else if (BLANK.includes(event.key)) go("blank");
    else if (event.key === "Escape" && document.querySelector(".atlas-blank")) blank(false);
    else if (event.key === "f" || event.key === "F") full();
    else return;
    event.preventDefault();
  });

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if ("atlasBlank" in button.dataset) blank();
    if ("atlasFull" in button.dataset) full();
    if (button.dataset.atlasNotes) window.open(button.dataset.atlasNotes, "atlas-notes", "width=900,height=700");
    if (button.dataset.atlasGo) go(button.dataset.atlasGo);
  });
}

if (!window.atlasPresents) {
  window.atlasPresents = true;
  start();
}
